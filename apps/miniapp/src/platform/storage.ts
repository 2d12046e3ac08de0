import Taro from '@tarojs/taro';

/** What the phone keeps. Undefined: nothing, or something that cannot be read. */
export function recall(key: string): unknown {
  try {
    const value: unknown = Taro.getStorageSync(key);
    return value === '' || value === null ? undefined : value;
  } catch { return undefined; }
}
/** False when the phone has no room left: the caller must say so. */
export function keep(key: string, value: unknown): boolean {
  try { Taro.setStorageSync(key, value); return true; } catch { return false; }
}
export function forget(key: string): void {
  try { Taro.removeStorageSync(key); } catch { keep(key, ''); }
}
export function keysWith(prefix: string): string[] {
  try { return [...Taro.getStorageInfoSync().keys].filter((key) => key.startsWith(prefix)); } catch { return []; }
}
