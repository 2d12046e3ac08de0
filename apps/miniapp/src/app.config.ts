/** H5 knows no theme.json: it gets the light values, and app.scss overrides them in the dark. */
const themed = process.env.TARO_ENV === 'weapp';
const colour = (name: string, light: string) => (themed ? `@${name}` : light);
const icon = (name: string, on: string) => (themed ? `@${name}Icon${on && 'On'}` : `assets/tab/${name}${on}.png`);
const tab = (page: string, text: string, name: string) => ({ pagePath: `pages/${page}/index`, text, iconPath: icon(name, ''), selectedIconPath: icon(name, '-on') });

export default {
  pages: ['pages/home/index', 'pages/duties/index', 'pages/notices/index', 'pages/me/index'],
  subPackages: [
    { root: 'guest', pages: ['about/index', 'bind/index', 'privacy/index', 'public/index', 'text/index'] },
    { root: 'submit', pages: ['form/index', 'done/index'] },
    { root: 'cases', pages: ['detail/index', 'queue/index', 'review/index', 'entry/index', 'ballot/index', 'cosign/index'] },
    { root: 'visits', pages: ['notice/index'] },
    { root: 'account', pages: ['devices/index', 'desk/index'] },
    { root: 'mine', pages: ['reminders/index'] },
  ],
  tabBar: {
    color: colour('tabText', '#3F4E57'), selectedColor: colour('tabTextOn', '#15506B'), backgroundColor: colour('tabBack', '#FFFFFF'), borderStyle: colour('tabBorder', 'white'),
    list: [tab('home', '待办', 'inbox'), tab('duties', '履职', 'duty'), tab('notices', '通知', 'bell'), tab('me', '我的', 'user')],
  },
  window: {
    navigationBarTitleText: '履职在线', navigationBarBackgroundColor: colour('back', '#F2F5F6'), navigationBarTextStyle: colour('barText', 'black'),
    backgroundColor: colour('back', '#F2F5F6'), backgroundColorTop: colour('back', '#F2F5F6'), backgroundColorBottom: colour('back', '#F2F5F6'), navigationStyle: 'default', backgroundTextStyle: colour('pullText', 'dark'),
  },
  ...(themed && { darkmode: true, themeLocation: 'theme.json' }), lazyCodeLoading: 'requiredComponents',
};
