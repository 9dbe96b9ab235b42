import type { AnchorHTMLAttributes, MouseEvent } from 'react';
import { go, href } from '../router';

/** A place of the console: an address that can be opened anywhere, followed without loading the page again. */
export function Link({ to, ...rest }: { readonly to: string } & Omit<AnchorHTMLAttributes<HTMLAnchorElement>, 'href'>) {
  const follow = (event: MouseEvent): void => {
    if (
      event.defaultPrevented ||
      event.button !== 0 ||
      event.metaKey ||
      event.ctrlKey ||
      event.shiftKey ||
      event.altKey
    )
      return;
    event.preventDefault();
    go(to);
  };
  return <a href={href(to)} onClick={follow} {...rest} />;
}
