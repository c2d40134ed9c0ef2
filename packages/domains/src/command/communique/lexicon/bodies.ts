/**
 * Names under which bodies of Chinese local government are known besides an ordered abbreviation of their full name: names from before a
 * reform and names of one duty in different provinces. A row holds the stems of one body, without place and 局, 委, 办.
 */
export const BODY_SYNONYMS = {
  stems: [
    ['卫计', '卫生计生', '卫生和计划生育', '卫健', '卫生健康'],
    ['工信', '经信', '工业和信息化', '经济和信息化', '经济信息化'],
    ['工商', '质监', '食药监', '市监', '市场监管', '市场监督管理', '市场监督'],
    ['安监', '应急', '应急管理'],
    ['教科体', '教体', '教育', '教育体育', '教育和体育', '教育科技体育'],
    ['文广新', '文广旅', '文体旅', '文旅', '文化旅游', '文化和旅游', '文化广电旅游', '文化广播电视和旅游'],
    ['环保', '生态环境'],
    ['国土', '自规', '自然资源', '自然资源和规划'],
    ['林草', '林业', '林业和草原'],
    ['农业', '农牧', '农业农村'],
    ['就业', '人社', '人力资源社会保障', '人力资源和社会保障'],
    ['民宗', '民族宗教', '民族宗教事务'],
    ['政务', '审批', '行政审批', '政务服务'],
  ] as readonly (readonly string[])[],
  /** Kinds of which a body of one duty has now this one, now that one: 发改局, 发改委. */
  kinds: new Set(['局委', '委局', '办室', '室办', '办局', '局办']),
} as const
