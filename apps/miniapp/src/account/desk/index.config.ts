export default { navigationBarTitleText: '登录电脑' };
