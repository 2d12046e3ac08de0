import Taro from '@tarojs/taro';
import { watched } from './watched.ts';

/** Whether the last thing we know is that the network works. A request that gets through corrects it. */
export const online = watched(true);

export function watchNetwork(): void {
  Taro.onNetworkStatusChange(({ isConnected }) => { if (isConnected !== online.get()) online.set(isConnected); });
}
