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

export function takeInHand(place: string): void {
  if (here.has(place)) return;
  here.add(place);
  tell({ say: 'has', tab, place });
}

export function putDown(place: string): void {
  if (here.delete(place)) tell({ say: 'leaves', tab, place });
}

/** Whether another tab has it in hand too. One that died without a word counts until the lease ends by itself. */
export const isElsewhere = (place: string): boolean => (others.get(place)?.size ?? 0) > 0;
