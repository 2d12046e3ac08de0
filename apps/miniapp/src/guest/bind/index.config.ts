export default { navigationBarTitleText: '绑定微信' };
