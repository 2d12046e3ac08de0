type Sign = readonly [sign: RegExp, words: string];
/** The first that fits: a WeChat on a computer says that it is both. */
const systems: readonly Sign[] = [[/HarmonyOS|OpenHarmony/i, '鸿蒙'], [/iPhone/, 'iPhone'], [/iPad/, 'iPad'], [/Android/, '安卓手机'], [/Windows/, 'Windows 电脑'], [/Macintosh|Mac OS X/, '苹果电脑'], [/UOS|Deepin/i, '统信电脑'], [/Kylin/i, '麒麟电脑'], [/Linux/, 'Linux 电脑']];
/** Every browser says Safari, most say Chrome: those that say more come first. */
const browsers: readonly Sign[] = [[/MicroMessenger/i, '微信'], [/QQBrowser/i, 'QQ 浏览器'], [/360SE|QIHU|QihooBrowser/i, '360 浏览器'], [/Edg(e|A|iOS)?\//, 'Edge 浏览器'], [/Firefox|FxiOS/, 'Firefox 浏览器'], [/Chrome|CriOS/, 'Chrome 浏览器'], [/Safari/, 'Safari 浏览器']];
const wordsIn = (from: readonly Sign[], text: string): string => from.find(([sign]) => sign.test(text))?.[1] ?? '';

/** What a device says it is (User-Agent), in words for its owner: 'Windows 电脑 · Edge 浏览器'. Anything can be said there, so it is shown and never decided by. */
export const deviceWords = (said: string | undefined): string => [wordsIn(systems, said ?? ''), wordsIn(browsers, said ?? '')].filter((it) => it !== '').join(' · ');
