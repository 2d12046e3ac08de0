import { useLaunch, usePageNotFound } from '@tarojs/taro';
import type { PropsWithChildren } from 'react';
import { keepDraftsInStep } from './platform/draft-copies.ts';
import { watchNetwork } from './platform/network.ts';
import { goNowhere } from './platform/go.ts';
import { reachByKeyboard } from './platform/h5/reach.ts';
import { start } from './platform/session.ts';
import { offerUpdate } from './platform/device.ts';
import './app.scss';

export default function App({ children }: PropsWithChildren) {
  useLaunch(() => { watchNetwork(); keepDraftsInStep(); offerUpdate(); if (process.env.TARO_ENV === 'h5') reachByKeyboard(); void start(); });
  usePageNotFound(goNowhere);
  return children;
}
