/**
 * Words of the portal. zh-CN is the legal text and complete; English fills in by key and falls back to Chinese,
 * never to a key. Keys are flat, so that the compiler knows each of them.
 */
import i18next from "i18next";
import { useSyncExternalStore } from "react";
import type { WordKey } from "./word-key.ts";
import { zhCN } from "./zh-CN.ts";

export type { WordKey } from "./word-key.ts";

/** Looks a word up and fills its `{{variables}}`. */
export type Words = (key: WordKey, variables?: Readonly<Record<string, string | number>>) => string;
/** Languages of the interface. */
export type Language = "zh-CN" | "en";

const remembered = "egret.language";

/** Starts the word list in the remembered language; English is loaded only when it is wanted. */
export async function startWords(): Promise<void> {
  await i18next.init({
    lng: "zh-CN",
    fallbackLng: "zh-CN",
    defaultNS: "words",
    keySeparator: false,
    nsSeparator: false,
    interpolation: { escapeValue: false },
    // A state that is newer than this page is shown by its own word, never as a key.
    parseMissingKeyHandler: (key) => key.slice(key.lastIndexOf(".") + 1),
    resources: { "zh-CN": { words: zhCN } },
  });
  const asked = new URLSearchParams(location.search).get("lang") ?? localStorage.getItem(remembered);
  if (asked === "en") await setLanguage("en");
}

let hasEnglish = false;

/** Changes the language and keeps it on this device. */
export async function setLanguage(language: Language): Promise<void> {
  // Kept first: whoever goes on at once finds the next page in the chosen language.
  localStorage.setItem(remembered, language);
  if (language === "en" && !hasEnglish) {
    const { en } = await import("./en.ts");
    i18next.addResourceBundle("en", "words", en, true, true);
    hasEnglish = true;
  }
  document.documentElement.lang = language;
  await i18next.changeLanguage(language);
}

/** Adds the words of a page that is fetched only when it is opened. */
export function addWords(list: Partial<Record<WordKey, string>>, english: Partial<Record<WordKey, string>> = {}): void {
  i18next.addResourceBundle("zh-CN", "words", list, true, true);
  i18next.addResourceBundle("en", "words", english, true, true);
}

function subscribe(listener: () => void): () => void {
  i18next.on("languageChanged", listener);
  return () => i18next.off("languageChanged", listener);
}

/** Current language of the interface. */
export function useLanguage(): Language {
  return useSyncExternalStore(subscribe, () => (i18next.language === "en" ? "en" : "zh-CN"));
}

/** The word list for a component. */
export function useWords(): Words {
  useLanguage();
  return words;
}

/** The word list outside components. */
export const words: Words = (key, variables) => i18next.t(key, variables ?? {});
