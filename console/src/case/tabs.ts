/** What the tabs of one browser tell each other about the cases that they have in hand. */
type Word =
  | { readonly say: 'has' | 'leaves'; readonly tab: string; readonly place: string }
  | { readonly say: 'who'; readonly tab: string };

const tab = crypto.randomUUID();
const channel = new BroadcastChannel('tajdid.desk');
const here = new Set<string>();
const others = new Map<string, Set<string>>();

const tell = (word: Word): void => channel.postMessage(word);

channel.addEventListener('message', ({ data }: MessageEvent<Word>) => {
  if (data.say === 'who') for (const place of here) tell({ say: 'has', tab, place });
  else {
    const tabs = others.get(data.place) ?? new Set();
    if (data.say === 'has') tabs.add(data.tab);
    else tabs.delete(data.tab);
    others.set(data.place, tabs);
  }
});
tell({ say: 'who', tab });

/** Held for as long as the tab lives: one that died without a word holds none. */
const lifeOf = (each: string): string => `tajdid.tab/${each}`;
void navigator.locks.request(lifeOf(tab), () => new Promise(() => undefined));

export function takeInHand(place: string): void {
  if (here.has(place)) return;
  here.add(place);
  tell({ say: 'has', tab, place });
}

export function putDown(place: string): void {
  if (here.delete(place)) tell({ say: 'leaves', tab, place });
}

/** Whether another tab has it in hand too, as far as the tabs have said: all that can be known while a page goes away. */
export const seemsElsewhere = (place: string): boolean => (others.get(place)?.size ?? 0) > 0;

/** Whether another tab that still lives has it in hand too. */
export async function isElsewhere(place: string): Promise<boolean> {
  if (!seemsElsewhere(place)) return false;
  const { held = [] } = await navigator.locks.query();
  const alive = new Set(held.map(({ name }) => name));
  for (const tabs of others.values()) for (const each of tabs) if (!alive.has(lifeOf(each))) tabs.delete(each);
  return seemsElsewhere(place);
}
