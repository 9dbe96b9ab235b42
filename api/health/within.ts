/** What the work comes to, or undefined when it fails or takes longer; the work itself goes on. */
export async function within<T>(ms: number, work: () => Promise<T>): Promise<T | undefined> {
  let timer: NodeJS.Timeout | undefined;
  const late = new Promise<undefined>((resolve) => {
    timer = setTimeout(() => resolve(undefined), ms);
  });
  const done = work().catch(() => undefined);
  return Promise.race([done, late]).finally(() => clearTimeout(timer));
}
