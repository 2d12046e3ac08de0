export default { navigationBarTitleText: '写社情民意' };
