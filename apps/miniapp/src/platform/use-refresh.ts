import { useDidShow, usePullDownRefresh } from '@tarojs/taro';
import { useRef } from 'react';
import { stopPull } from './device.ts';

/** Asks again when the page comes back into sight and when it is pulled down. The first showing asks by itself. */
export function useRefresh(again: () => Promise<void>): void {
  const shown = useRef(false);
  useDidShow(() => { if (shown.current) void again(); shown.current = true; });
  usePullDownRefresh(() => { void again().finally(stopPull); });
}
