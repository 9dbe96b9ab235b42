import { amounts, applicationForm, confirmed, forget, rating } from './forms.js';
import { call, day, days, daysUntil, el, expiry, moment, money, said, setPage, speak, w } from './parts.js';

const main = document.getElementById('main');
let events;
/** What the server said last, so that another language needs no other reading. */
let known = {};

function failed(error) {
  const text = error.problem?.details ?? error.problem?.titles;
  document.querySelector('.failed')?.remove();
  main.prepend(el('p', { class: 'failed', role: 'alert' }, text ? said(text) : w().failed));
}

const cardOf = ({ card, name, identityNumber }) =>
  el(
    'section',
    { class: card && daysUntil(card.expiresOn) < 0 ? 'card ended' : 'card' },
    el('p', {}, card ? said(card.type) : w().card),
    el('h2', {}, said(name)),
    el('p', { class: 'card-number', dir: 'ltr' }, identityNumber),
    card && el('p', {}, `${day(card.expiresOn)} · ${expiry(card.expiresOn)}`),
  );

/** What speaks against a renewal however the card comes: the rules of the way that the fewest speak against. */
const refusal = (cost) =>
  Object.values(cost)
    .map(({ today }) => today.refusedBy)
    .reduce((least, rules) => (rules.length < least.length ? rules : least));

const refused = (rules) =>
  el(
    'section',
    { class: 'notice' },
    el('h1', {}, w().notNow),
    el(
      'ul',
      {},
      rules.map(({ text }) => el('li', {}, said(text))),
    ),
  );

/** What renewing costs now, and what it will once the card has expired: as the agency itself counts it. */
function costs({ today, expired }) {
  const later = expired?.quote;
  const fine = later?.lines.find(({ code }) => code === 'late-fine');
  return el(
    'section',
    { class: 'notice' },
    el('h1', {}, expired ? w().soon : w().ended),
    el('h2', {}, w().costToday),
    today.quote.lines.length === 0 ? el('p', {}, w().free) : amounts(today.quote.lines, today.quote.total),
    later && [
      el('h2', {}, w().costLater(day(expired.on), days(daysUntil(expired.on)))),
      el(
        'p',
        { class: 'later' },
        el('b', {}, money(later.total)),
        fine ? ` ${w().withFine(said(fine.title), money(fine.amount))}` : '',
      ),
    ],
    el('small', {}, w().policy(today.policyVersion)),
  );
}

function renewal({ cost }) {
  const against = refusal(cost);
  if (against.length > 0) return [refused(against)];
  const price = el('div', {});
  const form = applicationForm(
    ['photo', 'delivery'],
    w().send,
    async (photo, delivery) => {
      await call('POST', `renew?delivery=${delivery}`, photo);
      forget();
      await load();
    },
    failed,
    {
      refusedBy: (delivery) => cost[delivery].today.refusedBy,
      onChoose: (delivery) => price.replaceChildren(costs(cost[delivery])),
    },
  );
  return [price, form];
}

const quote = ({ quote: asked, payment }) =>
  asked &&
  el(
    'section',
    {},
    el('h2', {}, w().cost),
    asked.lines.length === 0 ? el('p', {}, w().free) : amounts(asked.lines, asked.total),
    payment?.payUrl
      ? el('a', { class: 'primary', href: payment.payUrl, target: '_blank', rel: 'noreferrer' }, w().pay)
      : payment?.status === 'paid' && el('p', { class: 'good' }, w().paid),
    payment?.refunded && el('p', { class: 'good' }, w().refunded(money(payment.refunded))),
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

/** What came back and why, in the caseworker's own words, with a form for just that. */
const returned = ({ returned: { items, texts, words: note } }) =>
  el(
    'section',
    { class: 'notice' },
    el('h2', {}, w().returned),
    el(
      'ul',
      { class: 'items' },
      items.map((item) => el('li', {}, w().items[item] ?? item)),
    ),
    texts.map((text) => el('p', {}, said(text))),
    note && el('blockquote', { dir: 'auto' }, note),
    applicationForm(
      items,
      w().again,
      async (photo, delivery) => {
        await call('POST', `act?action=resubmit${delivery ? `&delivery=${delivery}` : ''}`, photo);
        forget();
        await load();
      },
      failed,
    ),
  );

/** What of the payment comes back: the fines do not, the rest as long as the card is not printed. */
function cancelText({ quote: asked, payment }) {
  if (payment?.status !== 'paid' || !asked) return [w().cancelUnpaid];
  const sum = (of) => of.reduce((all, { amount }) => all + amount.halalas, 0);
  const back = sum(asked.lines.filter(({ refundable }) => refundable !== 'never'));
  const kept = sum(asked.lines.filter(({ refundable }) => refundable === 'never'));
  return [
    w().cancelBack(money({ halalas: back })),
    ...(kept > 0 ? [w().cancelKept(money({ halalas: kept }))] : []),
    w().cancelPrinted,
  ];
}

const cancel = (view) =>
  el(
    'button',
    {
      type: 'button',
      class: 'small',
      onclick: () =>
        confirmed(w().cancelTitle, cancelText(view), w().cancel, () =>
          call('POST', 'act?action=cancel').then(load, failed),
        ),
    },
    w().cancel,
  );

const rate = (score) =>
  call('POST', `rate?score=${score}`).then(() => {
    known.me.case.rated = true;
    document.querySelector('.rating').replaceChildren(el('p', { class: 'good', role: 'status' }, w().thanks));
  }, failed);

function status(view) {
  return el(
    'section',
    { class: 'status', role: 'status' },
    el('p', { class: 'soft' }, w().status),
    el('h1', { id: 'status', 'data-status': view.status }, said(view.texts.status)),
    wait(view),
    view.refusedBy &&
      el(
        'ul',
        {},
        view.refusedBy.map(({ text }) => el('li', {}, said(text))),
      ),
  );
}

/** Another application, where the rules would let it be filed: not right after a new card. */
const another = (view) =>
  view.closedAt &&
  known.cost &&
  refusal(known.cost).length === 0 &&
  el(
    'button',
    {
      type: 'button',
      onclick: () => {
        events?.close();
        known.again = true;
        show();
      },
    },
    w().another,
  );

function follow(list, onChange) {
  const open = !known.me.case.closedAt;
  events?.close();
  events = new EventSource('/portal/api/events');
  events.addEventListener('case-event', ({ data }) => {
    const { text, at, version } = JSON.parse(data);
    if (list.querySelector(`[data-version="${version}"]`)) return;
    list.prepend(el('li', { 'data-version': version }, el('time', { datetime: at }, moment(at)), ` ${said(text)}`));
    onChange(version);
  });
  events.addEventListener('closed', () => {
    events.close();
    // What the case ended with, such as a new card, is in the register now.
    if (open) void load();
  });
  // After a break it comes back by itself. What was refused, as to whoever is signed in no more, is closed for good.
  events.addEventListener('error', ({ target }) => {
    if (target.readyState === EventSource.CLOSED) void load();
  });
}

function application() {
  const head = el('div', {});
  const list = el('ol', { class: 'happened' });
  let drawing;
  const draw = (view) => {
    known.me.case = view;
    const can = (action) => view.allowedActions.some((each) => each.action === action);
    head.replaceChildren(
      ...[
        status(view),
        can('resubmit') && view.returned && returned(view),
        quote(view),
        view.closedAt && view.status === 'COMPLETED' && !view.rated && rating(rate),
        view.closedAt && view.rated && el('p', { class: 'good' }, w().thanks),
        another(view),
        can('cancel') && cancel(view),
      ].filter(Boolean),
    );
  };
  draw(known.me.case);
  follow(list, (version) => {
    if (version <= known.me.case.version) return;
    clearTimeout(drawing);
    drawing = setTimeout(() => void call('GET', 'case').then(draw, failed), 150);
  });
  return [head, el('section', {}, el('h2', {}, w().happened), list)];
}

function show() {
  setPage();
  const { me, people, again } = known;
  const children = me
    ? [
        cardOf(me),
        ...(me.case && !again ? application() : renewal(known)),
        el('button', { type: 'button', class: 'small', onclick: leave }, w().signOut),
      ]
    : people
      ? choice(people)
      : [];
  main.replaceChildren(...children.filter(Boolean));
}

/** Reads who is signed in: the register's card, and what it costs where that is asked. */
async function load() {
  setPage();
  try {
    const me = await call('GET', 'me');
    // Without an application that is under way it is to be said what one would cost.
    const cost = me.case && !me.case.closedAt ? undefined : await call('GET', 'cost');
    known = { me, cost };
    show();
  } catch (error) {
    if (error.status === 401) await leave();
    else failed(error);
  }
}

async function leave() {
  events?.close();
  forget();
  known = { people: await call('GET', 'people') };
  show();
}

const choice = (people) => [
  el('h1', {}, w().choose),
  el('p', { class: 'soft' }, w().chooseText),
  el(
    'ul',
    { class: 'people' },
    people.map(({ index, name }) =>
      el(
        'li',
        {},
        el(
          'button',
          { type: 'button', onclick: () => call('POST', `sign-in?person=${index}`).then(load, failed) },
          el('b', {}, said(name)),
        ),
      ),
    ),
  ),
];

document.getElementById('language').addEventListener('click', () => {
  speak(w().otherLanguage);
  show();
});
void load();
