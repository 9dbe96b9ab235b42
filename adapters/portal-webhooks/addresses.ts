import { lookup } from 'node:dns/promises';
import { BlockList, isIP } from 'node:net';
import type { UrlRefusal } from '../../domain/services/portal-webhooks';

/** Everything that is not the public internet, with the clouds' metadata addresses among it (IANA's special-purpose registries). */
const NOT_PUBLIC_4 = [
  '0.0.0.0/8',
  '10.0.0.0/8',
  '100.64.0.0/10',
  '127.0.0.0/8',
  '168.63.129.16/32',
  '169.254.0.0/16',
  '172.16.0.0/12',
  '192.0.0.0/24',
  '192.0.2.0/24',
  '192.88.99.0/24',
  '192.168.0.0/16',
  '198.18.0.0/15',
  '198.51.100.0/24',
  '203.0.113.0/24',
  '224.0.0.0/4',
  '240.0.0.0/4',
];
/**
 * What tells a machine in a cloud who it is, and gives it its keys: the link-local range that most use, Azure's, Alibaba's and
 * Oracle's; also as IPv6 carries them. Never sent to, whatever else is allowed.
 */
const METADATA_4 = ['169.254.0.0/16', '168.63.129.16/32', '100.100.100.200/32', '192.0.0.192/32'];
const METADATA_6 = [
  'fe80::/10',
  'fd00:ec2::/32',
  'fd20:ce::/32',
  '64:ff9b::a9fe:0/112',
  '64:ff9b::a83f:8110/128',
  '2002:a9fe::/32',
  '2002:a83f:8110::/48',
];

/** Of IPv6 only 2000::/3 is public; these parts of it are not, or carry an IPv4 address inside. */
const NOT_PUBLIC_6 = ['2001::/23', '2001:db8::/32', '2002::/16', '3fff::/20'];

const listOf = (family: 'ipv4' | 'ipv6', ranges: readonly string[]): BlockList => {
  const list = new BlockList();
  for (const range of ranges) {
    const [net = '', bits = ''] = range.split('/');
    list.addSubnet(net, Number(bits), family);
  }
  return list;
};
const closed4 = listOf('ipv4', NOT_PUBLIC_4);
const closed6 = listOf('ipv6', NOT_PUBLIC_6);
const public6 = listOf('ipv6', ['2000::/3']);

const metadata4 = listOf('ipv4', METADATA_4);
const metadata6 = listOf('ipv6', METADATA_6);

/** An IPv4 address that IPv6 only wraps (`::ffff:169.254.169.254`) counts as itself. */
function isMetadataAddress(address: string): boolean {
  if (isIP(address) === 4) return metadata4.check(address, 'ipv4');
  return metadata4.check(address, 'ipv6') || metadata6.check(address, 'ipv6');
}

export function isPublicAddress(address: string): boolean {
  const family = isIP(address);
  if (family === 4) return !closed4.check(address, 'ipv4');
  return family === 6 && public6.check(address, 'ipv6') && !closed6.check(address, 'ipv6');
}

export type Resolve = (hostname: string) => Promise<readonly string[]>;

const resolveByDns: Resolve = async (hostname) =>
  (await lookup(hostname, { all: true, verbatim: true })).map(({ address }) => address);

/** Milliseconds that a name may take. */
const RESOLVE_WITHIN = 5_000;

export interface Allowed {
  /** Private addresses and plain http, for development and for networks of one's own; not the addresses of clouds' metadata. */
  readonly privateAddresses: boolean;
  readonly resolve?: Resolve;
  readonly resolveWithin?: number;
}

export interface Target {
  readonly url: URL;
  /** The one to connect to: the name is not looked up again, so that it cannot lead elsewhere by then. */
  readonly address: string;
}

async function inTime<T>(work: Promise<T>, ms: number): Promise<T> {
  let timer: NodeJS.Timeout | undefined;
  const late = new Promise<never>((_resolve, reject) => {
    timer = setTimeout(() => reject(new Error('too late')), ms);
  });
  return Promise.race([work, late]).finally(() => clearTimeout(timer));
}

/** Where a message may go. A name of which any address is not public is refused as a whole. */
export async function targetOf(
  text: string,
  { privateAddresses, resolve = resolveByDns, resolveWithin = RESOLVE_WITHIN }: Allowed,
): Promise<Target | { readonly refusal: UrlRefusal }> {
  if (text.length > 2_000 || !URL.canParse(text)) return { refusal: 'unreadable' };
  const url = new URL(text);
  if (url.protocol !== 'https:' && !(privateAddresses && url.protocol === 'http:')) return { refusal: 'not-https' };
  if (url.username !== '' || url.password !== '') return { refusal: 'has-credentials' };
  const host = url.hostname.replace(/^\[|\]$/g, '').replace(/\.$/, '');
  const addresses = isIP(host) ? [host] : await inTime(resolve(host), resolveWithin).catch(() => []);
  const [address] = addresses;
  if (address === undefined) return { refusal: 'name-unknown' };
  const allowed = privateAddresses ? !addresses.some(isMetadataAddress) : addresses.every(isPublicAddress);
  return allowed ? { url, address } : { refusal: 'private-address' };
}
