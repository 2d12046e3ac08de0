import { Text, View } from '@tarojs/components';
import { a11y } from './a11y.ts';
import { Icon } from './icon.tsx';
import { cx } from './plain.tsx';

/** Where what is typed is now. Always in the page, never a toast. `bad`: it is not safe yet. */
export const Saved = ({ words, bad }: { words: string; bad?: boolean }) =>
  <View className={cx('saved', bad && 'off')} {...a11y({ role: 'status' })}><Icon name={bad ? 'pause' : 'check'} /><Text>{words}</Text></View>;
