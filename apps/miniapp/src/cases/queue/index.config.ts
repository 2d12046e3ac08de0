export default { navigationBarTitleText: '初审', enablePullDownRefresh: true };
