import { words } from './words.js';

const main = document.getElementById('main');
const DAY = 86_400_000;

let language = localStorage.getItem('portal.language') ?? 'ar';
let events;
const w = () => words[language];
const said = (text) => text[language];

/** Everything shown is made by this: text is text, never markup. */
function el(name, attributes = {}, ...children) {
  const made = document.createElement(name);
  for (const [key, value] of Object.entries(attributes)) {
    if (key.startsWith('on')) made.addEventListener(key.slice(2), value);
    else if (value === true) made.setAttribute(key, '');
    else if (value !== false && value !== undefined) made.setAttribute(key, value);
  }
  made.append(...children.flat().filter((child) => child !== undefined && child !== null && child !== false));
  return made;
}

async function call(method, path, body) {
  const response = await fetch(`/portal/api/${path}`, {
    method,
    headers: { 'x-portal': '1' },
    ...(body ? { body } : {}),
  });
  const answer = await response.json();
  if (!response.ok) throw Object.assign(new Error(answer.code), { status: response.status, problem: answer });
  return answer;
}

const number = (value) => new Intl.NumberFormat(language === 'ar' ? 'ar-SA-u-nu-arab' : 'en').format(value);
const money = ({ halalas }) =>
  new Intl.NumberFormat(language === 'ar' ? 'ar-SA-u-nu-arab' : 'en', { style: 'currency', currency: 'SAR' }).format(
    halalas / 100,
  );
const day = (at) =>
  new Intl.DateTimeFormat(language === 'ar' ? 'ar-SA-u-ca-islamic-umalqura-nu-arab' : 'en-GB', {
    dateStyle: 'long',
    timeZone: 'Asia/Riyadh',
  }).format(new Date(at));
const clock = (at) =>
  new Intl.DateTimeFormat(language === 'ar' ? 'ar-SA-u-nu-arab' : 'en-GB', {
    timeStyle: 'short',
    timeZone: 'Asia/Riyadh',
  }).format(new Date(at));
const daysLeft = (date) => Math.round((Date.parse(`${date}T00:00:00+03:00`) - Date.now()) / DAY);

function expiry(date) {
  const left = daysLeft(date);
  if (left === 0) return w().today;
  return left < 0 ? w().expired(number(-left)) : w().expires(number(left));
}

function failed(error) {
  const text = error.problem?.details ?? error.problem?.titles;
  document.querySelector('.failed')?.remove();
  main.prepend(el('p', { class: 'failed', role: 'alert' }, text ? said(text) : w().failed));
}

async function choose() {
  events?.close();
  const people = await call('GET', 'people');
  main.replaceChildren(
    el('h1', {}, w().choose),
    el('p', { class: 'soft' }, w().chooseText),
    el(
      'ul',
      { class: 'people' },
      people.map(({ index, name, cardExpiresOn }) =>
        el(
          'li',
          {},
          el(
            'button',
            { type: 'button', onclick: () => call('POST', `sign-in?person=${index}`).then(show, failed) },
            el('b', {}, said(name)),
            el('small', {}, expiry(cardExpiresOn)),
          ),
        ),
      ),
    ),
  );
}

const cardOf = (me) =>
  el(
    'section',
    { class: daysLeft(me.cardExpiresOn) < 0 ? 'card ended' : 'card' },
    el('p', {}, w().card),
    el('h2', {}, said(me.name)),
    el('p', { class: 'card-number', dir: 'ltr' }, me.identityNumber.replace(/^\d{6}/, '••••••')),
    el('p', {}, `${day(me.cardExpiresOn)} · ${expiry(me.cardExpiresOn)}`),
  );

/** A photo from the person's own files, or one that is there for trying out. */
function photoForm(label, onPhoto, more = []) {
  let photo;
  const shown = el('img', { alt: w().photo, hidden: true });
  const button = el('button', { class: 'primary', disabled: true }, label);
  const take = (blob) => {
    photo = blob;
    shown.src = URL.createObjectURL(blob);
    shown.hidden = false;
    button.disabled = false;
  };
  const sample = (name) =>
    el(
      'button',
      {
        type: 'button',
        class: 'small',
        'data-sample': name,
        onclick: () =>
          fetch(`/portal/sample/${name}.jpg`)
            .then((answer) => answer.blob())
            .then(take, failed),
      },
      w()[name],
    );
  const form = el(
    'form',
    {},
    el(
      'fieldset',
      {},
      el('legend', {}, w().photo),
      el('p', { class: 'soft' }, w().photoText),
      shown,
      el(
        'label',
        { class: 'file' },
        w().own,
        el('input', {
          type: 'file',
          accept: 'image/jpeg,image/png',
          onchange: (event) => event.target.files[0] && take(event.target.files[0]),
        }),
      ),
      el('p', { class: 'soft' }, w().sample, ' ', ['good', 'doubt', 'no-face'].map(sample)),
    ),
    more,
    button,
  );
  form.addEventListener('submit', (event) => {
    event.preventDefault();
    button.disabled = true;
    button.textContent = w().sending;
    onPhoto(photo, new FormData(form)).catch((error) => {
      failed(error);
      button.disabled = false;
      button.textContent = label;
    });
  });
  return form;
}

const deliveryChoice = () =>
  el(
    'fieldset',
    {},
    el('legend', {}, w().delivery),
    el('label', {}, el('input', { type: 'radio', name: 'delivery', value: '', checked: true }), ` ${w().courier}`),
    el('label', {}, el('input', { type: 'radio', name: 'delivery', value: 'riyadh-1' }), ` ${w().pickup}`),
  );

const renewal = (me) => [
  el(
    'section',
    { class: 'notice' },
    el('h1', {}, daysLeft(me.cardExpiresOn) < 0 ? w().ended : w().soon),
    el('p', {}, daysLeft(me.cardExpiresOn) < 0 ? w().fineNow : w().fine),
  ),
  photoForm(
    w().send,
    async (photo, form) => {
      await call('POST', `renew?pickup=${form.get('delivery')}`, photo);
      await show();
    },
    [deliveryChoice()],
  ),
];

const quote = ({ quote: asked, payment }) =>
  asked &&
  el(
    'section',
    { class: 'quote' },
    el('h2', {}, w().cost),
    asked.lines.length === 0
      ? el('p', {}, w().free)
      : el(
          'dl',
          {},
          [
            ...asked.lines.map(({ title, amount }) => [said(title), money(amount)]),
            [w().total, money(asked.total)],
          ].flatMap(([name, amount]) => [el('dt', {}, name), el('dd', {}, amount)]),
        ),
    payment?.payUrl
      ? el('a', { class: 'primary', href: payment.payUrl, target: '_blank', rel: 'noreferrer' }, w().pay)
      : payment?.status === 'paid' && el('p', { class: 'good' }, w().paid),
  );

const wait = ({ waitingFor }) =>
  waitingFor &&
  el(
    'p',
    { class: 'wait' },
    `${w().waits} `,
    el('b', {}, said(waitingFor.texts.what)),
    waitingFor.who === 'tajdid'
      ? ''
      : ` ${w().until} ${day(waitingFor.until)}. ${w().otherwise}: ${said(waitingFor.texts.otherwise)}`,
  );

const rating = () =>
  el(
    'section',
    { class: 'rating' },
    el('h2', {}, w().rate),
    el(
      'div',
      {},
      [1, 2, 3, 4, 5].map((score) =>
        el(
          'button',
          {
            type: 'button',
            'aria-label': w().stars(number(score)),
            onclick: (event) =>
              call('POST', `rate?score=${score}`).then(
                () => event.target.closest('section').replaceChildren(el('p', { class: 'good' }, w().thanks)),
                failed,
              ),
          },
          '★',
        ),
      ),
    ),
  );

function follow(list, onChange) {
  events?.close();
  events = new EventSource('/portal/api/events');
  events.addEventListener('case-event', ({ data }) => {
    const { text, at, version } = JSON.parse(data);
    if (list.querySelector(`[data-version="${version}"]`)) return;
    list.prepend(el('li', { 'data-version': version }, el('time', { datetime: at }, clock(at)), ` ${said(text)}`));
    onChange(version);
  });
  events.addEventListener('closed', () => {
    events.close();
    onChange(Infinity);
  });
}

function application(me) {
  const mine = me.case;
  const head = el('div', {});
  const list = el('ol', { class: 'happened' });
  let drawn;
  let drawing;
  const draw = (view) => {
    drawn = view.version;
    const can = (action) => view.allowedActions.some((each) => each.action === action);
    head.replaceChildren(
      ...[
        el(
          'section',
          { class: 'status' },
          el('p', { class: 'soft' }, w().status),
          el('h1', { id: 'status', 'data-status': view.status }, said(view.texts.status)),
          wait(view),
          view.refusedBy &&
            el(
              'ul',
              {},
              view.refusedBy.map(({ text }) => el('li', {}, said(text))),
            ),
        ),
        can('resubmit') &&
          el(
            'section',
            { class: 'notice' },
            el('p', {}, w().againText),
            photoForm(w().again, async (photo) => {
              await call('POST', 'act?action=resubmit', photo);
              await show();
            }),
          ),
        quote(view),
        view.closedAt && rating(),
        view.closedAt &&
          el(
            'button',
            { type: 'button', onclick: () => main.replaceChildren(cardOf(me), ...renewal(me)) },
            w().another,
          ),
        can('cancel') &&
          el(
            'button',
            { type: 'button', class: 'small', onclick: () => call('POST', 'act?action=cancel').then(show, failed) },
            w().cancel,
          ),
      ].filter(Boolean),
    );
  };
  draw(mine);
  follow(list, (version) => {
    if (version <= drawn) return;
    clearTimeout(drawing);
    drawing = setTimeout(() => void call('GET', 'me').then(({ case: view }) => draw(view), failed), 150);
  });
  return [head, el('section', {}, el('h2', {}, w().happened), list)];
}

async function show() {
  document.documentElement.lang = language;
  document.documentElement.dir = language === 'ar' ? 'rtl' : 'ltr';
  document.getElementById('brand').textContent = w().brand;
  const button = document.getElementById('language');
  button.textContent = w().other;
  button.lang = w().otherLanguage;
  try {
    const me = await call('GET', 'me');
    main.replaceChildren(
      cardOf(me),
      ...(me.case ? application(me) : renewal(me)),
      el('button', { type: 'button', class: 'small', onclick: choose }, w().signOut),
    );
  } catch (error) {
    if (error.status === 401) await choose();
    else failed(error);
  }
}

document.getElementById('language').addEventListener('click', () => {
  language = w().otherLanguage;
  localStorage.setItem('portal.language', language);
  void show();
});
void show();
