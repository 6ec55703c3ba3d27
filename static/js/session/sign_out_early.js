/**
 * Runs before the first paint, as a blocking classic script. When a user signed out on this device without a
 * network, it ends the server's session before any data of that user is shown.
 */

{
  const page = document.documentElement;
  const root = page.dataset.root ?? "";
  const key = `dienhong:${root}:sign-out-owed`;
  const api = `${root}/api/v1/session`;
  const AGAIN_MS = 2000;

  /** @returns {string | null} id of the user whose sign-out is pending */
  const pendingUser = () => {
    try {
      return localStorage.getItem(key);
    } catch {
      return null; // Storage is not available, so no sign-out is pending.
    }
  };

  /** @returns {Promise<boolean>} whether that user no longer has a session here */
  const end = async () => {
    const asked = await fetch(api, { cache: "no-store" });
    if (asked.status === 401) return true;
    if (!asked.ok) return false;
    const { user, csrf_token: token } = await asked.json();
    if (user.id !== pendingUser()) return true;
    const bytes = crypto.getRandomValues(new Uint8Array(16));
    const once = Array.from(bytes, (byte) => byte.toString(16).padStart(2, "0")).join("");
    const ended = await fetch(api, { method: "DELETE", headers: { "X-CSRF-Token": token, "Idempotency-Key": once } });
    return ended.ok || ended.status === 401;
  };

  const retry = async () => {
    const done = await end().catch(() => false); // The network failed again.
    if (!done) return void setTimeout(retry, AGAIN_MS);
    localStorage.removeItem(key);
    location.replace(`${root}/sign-in`);
  };

  if (pendingUser()) {
    window.stop(); // Stops loading the page.
    page.style.visibility = "hidden";
    void retry();
  }
}
