import { el, money, number, said, w } from './parts.js';

/** Bytes, as the API takes them. */
const LARGEST_PHOTO = 8 * 1024 * 1024;
const megabytes = (bytes) => number(Math.ceil((bytes / 1024 / 1024) * 10) / 10);

/** What was chosen and not sent yet: it stays when the language changes. */
const draft = { photo: undefined, delivery: undefined };
export const forget = () => Object.assign(draft, { photo: undefined, delivery: undefined });

function photoField(onChange) {
  const shown = el('img', { alt: w().photo, hidden: true });
  const show = () => {
    shown.src = URL.createObjectURL(draft.photo);
    shown.hidden = false;
    onChange();
  };
  const tooLarge = el('p', { class: 'failed', role: 'alert', hidden: true });
  /** One that nobody would take is not sent; what was chosen before stays. */
  const take = (blob) => {
    tooLarge.hidden = blob.size <= LARGEST_PHOTO;
    tooLarge.textContent = tooLarge.hidden ? '' : w().tooLarge(megabytes(blob.size), megabytes(LARGEST_PHOTO));
    if (!tooLarge.hidden) return;
    draft.photo = blob;
    show();
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
            .then(take, () => undefined),
      },
      w()[name],
    );
  if (draft.photo) show();
  return el(
    'fieldset',
    {},
    el('legend', {}, w().photo),
    el('p', { class: 'soft' }, w().photoText),
    tooLarge,
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
    el('p', { class: 'soft samples' }, w().sample, ' ', ['good', 'doubt', 'no-face'].map(sample)),
  );
}

const DELIVERIES = ['courier', 'riyadh-1'];

/**
 * Where it is known what speaks against each way, the first that nothing speaks against is likely, and chosen until the person
 * chooses; what came back is not chosen for the person again.
 */
function deliveryField(onChange, ways) {
  const against = (value) => ways?.refusedBy(value) ?? [];
  if (ways) draft.delivery ??= DELIVERIES.find((value) => against(value).length === 0);
  if (ways) ways.onChoose(draft.delivery);
  return el(
    'fieldset',
    {},
    el('legend', {}, w().delivery),
    DELIVERIES.flatMap((value) => [
      el(
        'label',
        {},
        el('input', {
          type: 'radio',
          name: 'delivery',
          value,
          checked: draft.delivery === value,
          disabled: against(value).length > 0,
          'aria-describedby': against(value).length > 0 && `against-${value}`,
          onchange: () => {
            draft.delivery = value;
            ways?.onChoose(value);
            onChange();
          },
        }),
        ` ${w().deliveries[value]}`,
      ),
      against(value).length > 0 &&
        el(
          'small',
          { id: `against-${value}` },
          against(value)
            .map(({ text }) => said(text))
            .join(' · '),
        ),
    ]),
  );
}

/**
 * A form for what is asked: a photo from the person's own files, or one that is there for trying out, and how the card comes.
 * Sent once; what goes wrong leaves everything as it was. `onSend` forgets what was sent before it draws what is next.
 */
export function applicationForm(items, label, onSend, onFailed, ways) {
  const button = el('button', { class: 'primary' }, label);
  const complete = () =>
    (!items.includes('photo') || draft.photo !== undefined) &&
    (!items.includes('delivery') || draft.delivery !== undefined);
  const check = () => {
    button.disabled = !complete();
  };
  const form = el(
    'form',
    {},
    items.includes('photo') && photoField(check),
    items.includes('delivery') && deliveryField(check, ways),
    button,
  );
  check();
  form.addEventListener('submit', (event) => {
    event.preventDefault();
    button.disabled = true;
    button.textContent = w().sending;
    const delivery = items.includes('delivery') ? draft.delivery : undefined;
    onSend(items.includes('photo') ? draft.photo : undefined, delivery).catch((error) => {
      onFailed(error);
      button.textContent = label;
      check();
    });
  });
  return form;
}

export const amounts = (lines, total) =>
  el(
    'dl',
    { class: 'amounts' },
    [...lines.map(({ title, amount }) => [said(title), money(amount)]), [w().total, money(total)]].flatMap(
      ([name, amount]) => [el('dt', {}, name), el('dd', {}, amount)],
    ),
  );

export const rating = (onRate) =>
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
          { type: 'button', 'aria-label': w().stars(number(score)), onclick: () => onRate(score) },
          el('span', { 'aria-hidden': 'true' }, '☆'),
        ),
      ),
    ),
  );

/** Asks before something that cannot be taken back, saying what becomes of the money. */
export function confirmed(title, text, yes, onYes) {
  const dialog = el(
    'dialog',
    { 'aria-labelledby': 'confirm-title' },
    el('h2', { id: 'confirm-title' }, title),
    text.map((line) => el('p', {}, line)),
    el(
      'div',
      { class: 'buttons' },
      el('button', { type: 'button', onclick: () => dialog.close() }, w().keep),
      el(
        'button',
        {
          type: 'button',
          class: 'grave',
          onclick: () => {
            dialog.close();
            onYes();
          },
        },
        yes,
      ),
    ),
  );
  dialog.addEventListener('close', () => dialog.remove());
  document.body.append(dialog);
  dialog.showModal();
}
