/**
 * Runs before the first paint, as a blocking classic script: a person signed out here without a network, so
 * the server's session is ended before anything of that person is shown.
 */

{
  const page = document.documentElement;
  const root = page.dataset.root ?? "";
  const key = `dienhong:${root}:sign-out-owed`;
  const api = `${root}/api/v1/session`;
  const AGAIN_MS = 2000;

  /** @returns {string | null} the person's id */
  const owed = () => {
    try {
      return localStorage.getItem(key);
    } catch {
      return null; // A browser that keeps nothing owes nothing.
    }
  };

  /** @returns {Promise<boolean>} whether that person has no session here any more */
  const end = async () => {
    const asked = await fetch(api, { cache: "no-store" });
    if (asked.status === 401) return true;
    if (!asked.ok) return false;
    const { user, csrf_token: token } = await asked.json();
    if (user.id !== owed()) return true;
    const bytes = crypto.getRandomValues(new Uint8Array(16));
    const once = Array.from(bytes, (byte) => byte.toString(16).padStart(2, "0")).join("");
    const ended = await fetch(api, { method: "DELETE", headers: { "X-CSRF-Token": token, "Idempotency-Key": once } });
    return ended.ok || ended.status === 401;
  };

  const settle = async () => {
    const done = await end().catch(() => false); // The network went again.
    if (!done) return void setTimeout(settle, AGAIN_MS);
    localStorage.removeItem(key);
    location.replace(`${root}/sign-in`);
  };

  if (owed()) {
    window.stop(); // Nothing more of the page is read.
    page.style.visibility = "hidden";
    void settle();
  }
}
