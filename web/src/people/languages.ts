// Languages that people in these meetings speak: those most named as a main language in the census of England and Wales
// (Office for National Statistics, 2021), and Welsh.

export const LANGUAGES = [
  ...['ar', 'bg', 'bn', 'cs', 'cy', 'de', 'el', 'es', 'fa', 'fr', 'gu', 'hi', 'hu', 'it', 'ku', 'lt', 'lv', 'ml', 'ne'],
  ...['pa', 'pl', 'ps', 'pt', 'ro', 'ru', 'sk', 'so', 'sq', 'ta', 'ti', 'tl', 'tr', 'uk', 'ur', 'vi', 'yue', 'zh'],
] as const

/** As its speakers call it; its code where the browser does not know it. */
export function ownName(language: string): string {
  return new Intl.DisplayNames([language, 'en'], { type: 'language' }).of(language) ?? language
}
