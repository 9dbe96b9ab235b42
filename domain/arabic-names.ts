/**
 * Arabic names are written in many ways for one name. Two names that differ only in what people leave out or mix up come out
 * the same: diacritics and tatweel go, all forms of alef and of hamza's seats become one letter, taa marbuta becomes haa,
 * alef maqsura becomes yaa, and everything but letters parts words. Latin letters lose case and accents.
 */
export function normaliseName(name: string): string {
  return name
    .normalize('NFKC')
    .replace(/[\u064b-\u065f\u0670\u0610-\u061a\u06d6-\u06ed\u0640]/g, '')
    .replace(/[أإآٱ]/g, 'ا')
    .replace(/ؤ/g, 'و')
    .replace(/[ئىی]/g, 'ي')
    .replace(/ک/g, 'ك')
    .replace(/ة/g, 'ه')
    .replace(/ء/g, '')
    .normalize('NFD')
    .replace(/[\u0300-\u036f]/g, '')
    .toLowerCase()
    .replace(/['’`ʼ-]/g, '')
    .replace(/[^\p{L}\p{N}]+/gu, ' ')
    .trim();
}

/** Words that join a name's parts and tell nobody from another. */
const JOINING = new Set(['بن', 'ابن', 'بنت', 'ابنه', 'bin', 'ibn', 'bint']);

/** The words of a name that tell one from another: "عبد الله" is one word, and "ال" before a name belongs to it. */
export function nameTokens(name: string): string[] {
  const joined = normaliseName(name)
    .replace(/(^| )(عبد|ابو|ام|abd|abdul|abu|umm) (?=\S)/g, '$1$2')
    .replace(/(^| )(ال|al|el) (?=\S)/g, '$1$2');
  return [...new Set(joined.split(' ').filter((token) => token !== '' && !JOINING.has(token)))];
}
