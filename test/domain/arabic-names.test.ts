import { nameTokens, normaliseName } from '../../domain/arabic-names';

test.each([
  ['hamza and alef forms', 'أحمد إبراهيم آل سعود', 'احمد ابراهيم ال سعود'],
  ['taa marbuta', 'فاطمة', 'فاطمه'],
  ['alef maqsura', 'مصطفى', 'مصطفي'],
  ['seats of hamza', 'رؤى عائشة', 'روي عايشه'],
  ['a lone hamza', 'هناء', 'هنا'],
  ['diacritics', 'مُحَمَّدٌ', 'محمد'],
  ['a dagger alef', 'عبد الرحمٰن', 'عبد الرحمن'],
  ['tatweel', 'محمـــد', 'محمد'],
  ['spaces', '  نورة\u00a0 \u200fبنت  علي ', 'نوره بنت علي'],
  ['presentation forms', 'ﻣﺤﻤﺪ', 'محمد'],
  ['Persian letters', 'علی کریم', 'علي كريم'],
  ['Latin case and accents', 'Noūra AL-Qaḥṭānī', 'noura alqahtani'],
])('%s', (_, written, normal) => {
  expect(normaliseName(written)).toBe(normal);
  expect(normaliseName(normal)).toBe(normal);
});

test.each([
  ['عبدالله بن محمد القحطاني', 'عبد الله محمد القحطانى'],
  ['أبو بكر آل سعود', 'ابوبكر السعود'],
  ['Abdullah bin Mohammed Al-Qahtani', 'abd ullah mohammed al qahtani'],
])('%s and %s are searched by the same words', (a, b) => expect(nameTokens(a)).toEqual(nameTokens(b)));
