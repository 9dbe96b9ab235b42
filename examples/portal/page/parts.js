import { words } from './words.js';

const DAY = 86_400_000;

let language = localStorage.getItem('portal.language') ?? 'ar';
export const w = () => words[language];
export const said = (text) => text[language];

export function speak(next) {
  language = next;
  localStorage.setItem('portal.language', next);
}

export function setPage() {
  document.documentElement.lang = language;
  document.documentElement.dir = language === 'ar' ? 'rtl' : 'ltr';
  document.title = w().title;
  document.getElementById('brand').textContent = w().brand;
  const button = document.getElementById('language');
  button.textContent = w().other;
  button.lang = w().otherLanguage;
}

/** Everything shown is made by this: text is text, never markup. */
export function el(name, attributes = {}, ...children) {
  const made = document.createElement(name);
  for (const [key, value] of Object.entries(attributes)) {
    if (key.startsWith('on')) made.addEventListener(key.slice(2), value);
    else if (value === true) made.setAttribute(key, '');
    else if (value !== false && value !== undefined) made.setAttribute(key, value);
  }
  made.append(...children.flat().filter((child) => child !== undefined && child !== null && child !== false));
  return made;
}

export async function call(method, path, body) {
  const response = await fetch(`/portal/api/${path}`, {
    method,
    headers: { 'x-portal': '1' },
    ...(body ? { body } : {}),
  });
  const answer = await response.json();
  if (!response.ok) throw Object.assign(new Error(answer.code), { status: response.status, problem: answer });
  return answer;
}

const locale = () => (language === 'ar' ? 'ar-SA-u-nu-arab' : 'en');
export const number = (value) => new Intl.NumberFormat(locale()).format(value);
export const money = ({ halalas }) => {
  const amount = new Intl.NumberFormat(locale(), { minimumFractionDigits: 2 }).format(halalas / 100);
  return language === 'ar' ? `${amount} ر.س` : `SAR ${amount}`;
};
export const day = (at) =>
  new Intl.DateTimeFormat(language === 'ar' ? 'ar-SA-u-ca-islamic-umalqura-nu-arab' : 'en-GB', {
    dateStyle: 'long',
    timeZone: 'Asia/Riyadh',
  }).format(new Date(at.length === 10 ? `${at}T12:00:00+03:00` : at));
/** The day and the hour: a case takes days. */
export const moment = (at) =>
  new Intl.DateTimeFormat(language === 'ar' ? 'ar-SA-u-ca-islamic-umalqura-nu-arab' : 'en-GB', {
    dateStyle: 'medium',
    timeStyle: 'short',
    timeZone: 'Asia/Riyadh',
  }).format(new Date(at));

const today = () => new Date(Date.now() + 3 * 3_600_000).toISOString().slice(0, 10);
export const daysUntil = (date) =>
  Math.round((Date.parse(`${date}T00:00:00Z`) - Date.parse(`${today()}T00:00:00Z`)) / DAY);
/** A number of days as the language counts them: Arabic has a form for one, for two, for three to ten, and from eleven on. */
export const days = (count) => w().days[new Intl.PluralRules(language).select(count)](number(count));

export function expiry(date) {
  const left = daysUntil(date);
  if (left === 0) return w().today;
  return left < 0 ? w().expired(days(-left)) : w().expires(days(left));
}
