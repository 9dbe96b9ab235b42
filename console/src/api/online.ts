import { useSyncExternalStore } from 'react';

const online = (): boolean => navigator.onLine;
const watchOnline = (listener: () => void): (() => void) => {
  window.addEventListener('online', listener);
  window.addEventListener('offline', listener);
  return () => {
    window.removeEventListener('online', listener);
    window.removeEventListener('offline', listener);
  };
};

/** Whether the device has a connection at all, as far as the browser knows. */
export const useOnline = (): boolean => useSyncExternalStore(watchOnline, online);
