/** The room menu at the end of the drawer: entries of features, theme, language and signing out. */
import { openMenu } from "../lib/ui/menu.js";
import { chooseLanguage, chooseTextSize, chooseTheme, chosenTextSize, chosenTheme, dimPages, dimsPages, TEXT_SIZES, THEMES } from "../lib/ui/theme.js";
import { sayProblem } from "../lib/ui/toast.js";
import { lang, t } from "../lib/words.js";

const THEME_ICONS = { auto: "monitor", light: "sun", dark: "moon", contrast: "contrast" };

/** @param {HTMLElement} button @param {import("../lib/ui/menu.js").MenuItem[]} entries of features @param {() => void} signOut */
export function openRoomMenu(button, entries, signOut) {
  const chosen = chosenTheme();
  const themes = THEMES.map((theme) => ({
    label: theme === chosen ? t("room.chosen", { theme: t(`room.theme_${theme}`) }) : t(`room.theme_${theme}`),
    icon: theme === chosen ? "check" : THEME_ICONS[theme],
    run: () => void chooseTheme(theme).catch(sayProblem),
  }));
  const size = chosenTextSize();
  const sizes = TEXT_SIZES.map((one) => ({
    label: one === size ? t("room.chosen", { theme: t(`room.text_${one}`) }) : t(`room.text_${one}`),
    icon: one === size ? "check" : "a-large-small",
    run: () => void chooseTextSize(one).catch(sayProblem),
  }));
  const other = lang === "en" ? "vi" : "en";
  openMenu(button, [
    ...entries,
    ...(entries.length ? [null] : []),
    ...themes,
    ...dimPagesEntry(),
    null,
    ...sizes,
    null,
    { label: t(`room.language_${other}`), icon: "languages", run: () => void setLanguage(other) },
    { label: t("room.sign_out"), icon: "log-out", run: signOut },
  ]);
}

/** The entry that dims pages, beside the theme; only while the dark theme is active. */
function dimPagesEntry() {
  if (document.documentElement.dataset.theme !== "dark") return [];
  const on = dimsPages();
  const label = t("room.dim_pages");
  return [{ label: on ? t("room.chosen", { theme: label }) : label, icon: on ? "check" : "sun-dim", run: () => dimPages(!on) }];
}

/** @param {string} language */
async function setLanguage(language) {
  try {
    await chooseLanguage(language);
    location.reload();
  } catch (error) {
    sayProblem(error);
  }
}
