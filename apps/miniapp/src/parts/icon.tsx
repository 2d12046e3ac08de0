import { View } from '@tarojs/components';
import { a11y } from './a11y.ts';

export type IconName = 'inbox' | 'duty' | 'bell' | 'user' | 'users' | 'pen' | 'doc' | 'check' | 'checkc' | 'clock' | 'alert' | 'info' | 'pause' | 'r' | 'cal' | 'pin' | 'video'
  | 'phone' | 'clip' | 'cam' | 'lock' | 'route' | 'undo' | 'off' | 'cloud' | 'type' | 'moon' | 'plus' | 'x' | 'build' | 'send' | 'swap' | 'help' | 'msg' | 'mic';
/** Always beside a word, so it says nothing to a screen reader. */
export const Icon = ({ name }: { name: IconName }) => <View className={`ic ic-${name}`} {...a11y({ hidden: true })} />;
