import { useLaunch, usePageNotFound } from '@tarojs/taro';
import type { PropsWithChildren } from 'react';
import { keepDraftsInStep } from './platform/draft-copies.ts';
import { watchNetwork } from './platform/network.ts';
import { goNowhere } from './platform/go.ts';
import { start } from './platform/session.ts';
import { offerUpdate } from './platform/device.ts';
import './app.scss';

export default function App({ children }: PropsWithChildren) {
  useLaunch(() => { watchNetwork(); keepDraftsInStep(); offerUpdate(); void start(); });
  usePageNotFound(goNowhere);
  return children;
}
