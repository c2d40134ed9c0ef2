/**
 * Names of places as people write them, with the codes that the list of listed places goes by. Facts: Chinese names and codes of GB/T 2260
 * (administrative divisions of the PRC, as of 2020–2021), English by the romanisation in use; aliases behind a stroke are ours.
 * An entry is “code names English”; `~` says that the name is used elsewhere too, and counts only where nothing beside it says otherwise.
 */

/** Provinces and prefectures, each province with its prefectures. */
export const PROVINCES: readonly string[] = [
  '11 北京 Beijing/Peking',
  '12 天津 Tianjin',
  '13 河北 Hebei, 1301 石家庄 Shijiazhuang, 1302 唐山 Tangshan, 1303 秦皇岛 Qinhuangdao, 1304 邯郸 Handan, 1305 邢台 Xingtai, 1306 保定 Baoding, 1307 张家口 Zhangjiakou, 1308 承德 Chengde, 1309 沧州 Cangzhou, 1310 廊坊 Langfang, 1311 衡水 Hengshui',
  '14 山西 Shanxi, 1401 太原 Taiyuan, 1402 大同 Datong, 1403 阳泉 Yangquan, 1404 长治 Changzhi, 1405 晋城 Jincheng, 1406 朔州 Shuozhou, 1407 晋中 Jinzhong, 1408 运城 Yuncheng, 1409 忻州 Xinzhou, 1410 临汾 Linfen, 1411 吕梁 Lvliang/Luliang',
  '15 内蒙古 Inner Mongolia/Nei Mongol, 1501 呼和浩特 Hohhot/Huhehaote, 1502 包头 Baotou, 1503 乌海 Wuhai, 1504 赤峰 Chifeng, 1505 通辽 Tongliao, 1506 鄂尔多斯 Ordos, 1507 呼伦贝尔 Hulunbuir, 1508 巴彦淖尔 Bayannur, 1509 乌兰察布 Ulanqab, 1522 兴安 Xingan, 1525 锡林郭勒 Xilingol, 1529 阿拉善 Alashan',
  '21 辽宁 Liaoning, 2101 沈阳 Shenyang, 2102 大连 Dalian, 2103 鞍山 Anshan, 2104 抚顺 Fushun, 2105 本溪 Benxi, 2106 丹东 Dandong, 2107 锦州 Jinzhou, 2108 营口 Yingkou, 2109 阜新 Fuxin, 2110 辽阳 Liaoyang, 2111 盘锦 Panjin, 2112 铁岭 Tieling, 2113 朝阳 Chaoyang, 2114 葫芦岛 Huludao',
  '22 吉林 Jilin, 2201 长春 Changchun, 2202 吉林 Jilin, 2203 四平 Siping, 2204 辽源 Liaoyuan, 2205 通化 Tonghua, 2206 白山 Baishan, 2207 松原 Songyuan, 2208 白城 Baicheng, 2224 延边 Yanbian',
  '23 黑龙江 Heilongjiang, 2301 哈尔滨 Harbin/Haerbin, 2302 齐齐哈尔 Qiqihar/Qiqihaer, 2303 鸡西 Jixi, 2304 鹤岗 Hegang, 2305 双鸭山 Shuangyashan, 2306 大庆 Daqing, 2307 伊春 Yichun, 2308 佳木斯 Jiamusi, 2309 七台河 Qitaihe, 2310 牡丹江 Mudanjiang, 2311 黑河 Heihe, 2312 绥化 Suihua, 2327 大兴安岭 Daxinganling',
  '31 上海 Shanghai',
  '32 江苏 Jiangsu, 3201 南京 Nanjing, 3202 无锡 Wuxi, 3203 徐州 Xuzhou, 3204 常州 Changzhou, 3205 苏州 Suzhou, 3206 南通 Nantong, 3207 连云港 Lianyungang, 3208 淮安 Huaian, 3209 盐城 Yancheng, 3210 扬州 Yangzhou, 3211 镇江 Zhenjiang, 3212 泰州 Taizhou, 3213 宿迁 Suqian',
  '33 浙江 Zhejiang, 3301 杭州 Hangzhou, 3302 宁波 Ningbo, 3303 温州 Wenzhou, 3304 嘉兴 Jiaxing, 3305 湖州 Huzhou, 3306 绍兴 Shaoxing, 3307 金华 Jinhua, 3308 衢州 Quzhou, 3309 舟山 Zhoushan, 3310 台州 Taizhou, 3311 丽水 Lishui',
  '34 安徽 Anhui, 3401 合肥 Hefei, 3402 芜湖 Wuhu, 3403 蚌埠 Bengbu, 3404 淮南 Huainan, 3405 马鞍山 Maanshan, 3406 淮北 Huaibei, 3407 铜陵 Tongling, 3408 安庆 Anqing, 3410 黄山 Huangshan, 3411 滁州 Chuzhou, 3412 阜阳 Fuyang, 3413 宿州 Suzhou, 3415 六安 Luan, 3416 亳州 Bozhou, 3417 池州 Chizhou, 3418 宣城 Xuancheng',
  '35 福建 Fujian, 3501 福州 Fuzhou, 3502 厦门 Xiamen/Amoy, 3503 莆田 Putian, 3504 三明 Sanming, 3505 泉州 Quanzhou, 3506 漳州 Zhangzhou, 3507 南平 Nanping, 3508 龙岩 Longyan, 3509 宁德 Ningde',
  '36 江西 Jiangxi, 3601 南昌 Nanchang, 3602 景德镇 Jingdezhen, 3603 萍乡 Pingxiang, 3604 九江 Jiujiang, 3605 新余 Xinyu, 3606 鹰潭 Yingtan, 3607 赣州 Ganzhou, 3608 吉安 Jian, 3609 宜春 Yichun, 3610 抚州 Fuzhou, 3611 上饶 Shangrao',
  '37 山东 Shandong, 3701 济南 Jinan, 3702 青岛 Qingdao, 3703 淄博 Zibo, 3704 枣庄 Zaozhuang, 3705 东营 Dongying, 3706 烟台 Yantai, 3707 潍坊 Weifang, 3708 济宁 Jining, 3709 泰安 Taian, 3710 威海 Weihai, 3711 日照 Rizhao, 3713 临沂 Linyi, 3714 德州 Dezhou, 3715 聊城 Liaocheng, 3716 滨州 Binzhou, 3717 菏泽 Heze',
  '41 河南 Henan, 4101 郑州 Zhengzhou, 4102 开封 Kaifeng, 4103 洛阳 Luoyang, 4104 平顶山 Pingdingshan, 4105 安阳 Anyang, 4106 鹤壁 Hebi, 4107 新乡 Xinxiang, 4108 焦作 Jiaozuo, 4109 濮阳 Puyang, 4110 许昌 Xuchang, 4111 漯河 Luohe, 4112 三门峡 Sanmenxia, 4113 南阳 Nanyang, 4114 商丘 Shangqiu, 4115 信阳 Xinyang, 4116 周口 Zhoukou, 4117 驻马店 Zhumadian',
  '42 湖北/鄂省 Hubei/Hupeh/Hupei, 4201 武汉/武漢 Wuhan, 4202 黄石 Huangshi, 4203 十堰 Shiyan, 4205 宜昌 Yichang, 4206 襄阳/襄樊 Xiangyang/Xiangfan, 4207 鄂州 Ezhou, 4208 荆门 Jingmen, 4209 孝感 Xiaogan, 4210 荆州 Jingzhou, 4211 黄冈 Huanggang, 4212 咸宁 Xianning, 4213 随州 Suizhou, 4228 恩施 Enshi',
  '43 湖南 Hunan, 4301 长沙 Changsha, 4302 株洲 Zhuzhou, 4303 湘潭 Xiangtan, 4304 衡阳 Hengyang, 4305 邵阳 Shaoyang, 4306 岳阳 Yueyang, 4307 常德 Changde, 4308 张家界 Zhangjiajie, 4309 益阳 Yiyang, 4310 郴州 Chenzhou, 4311 永州 Yongzhou, 4312 怀化 Huaihua, 4313 娄底 Loudi, 4331 湘西 Xiangxi',
  '44 广东 Guangdong, 4401 广州 Guangzhou/Canton, 4402 韶关 Shaoguan, 4403 深圳 Shenzhen, 4404 珠海 Zhuhai, 4405 汕头 Shantou/Swatow, 4406 佛山 Foshan, 4407 江门 Jiangmen, 4408 湛江 Zhanjiang, 4409 茂名 Maoming, 4412 肇庆 Zhaoqing, 4413 惠州 Huizhou, 4414 梅州 Meizhou, 4415 汕尾 Shanwei, 4416 河源 Heyuan, 4417 阳江 Yangjiang, 4418 清远 Qingyuan, 4419 东莞 Dongguan, 4420 中山 Zhongshan, 4451 潮州 Chaozhou, 4452 揭阳 Jieyang, 4453 云浮 Yunfu',
  '45 广西 Guangxi, 4501 南宁 Nanning, 4502 柳州 Liuzhou, 4503 桂林 Guilin, 4504 梧州 Wuzhou, 4505 北海 Beihai, 4506 防城港 Fangchenggang, 4507 钦州 Qinzhou, 4508 贵港 Guigang, 4509 玉林 Yulin, 4510 百色 Baise, 4511 贺州 Hezhou, 4512 河池 Hechi, 4513 来宾 Laibin, 4514 崇左 Chongzuo',
  '46 海南 Hainan, 4601 海口 Haikou, 4602 三亚 Sanya, 4603 三沙 Sansha, 4604 儋州 Danzhou',
  '50 重庆 Chongqing/Chungking',
  '51 四川 Sichuan, 5101 成都 Chengdu, 5103 自贡 Zigong, 5104 攀枝花 Panzhihua, 5105 泸州 Luzhou, 5106 德阳 Deyang, 5107 绵阳 Mianyang, 5108 广元 Guangyuan, 5109 遂宁 Suining, 5110 内江 Neijiang, 5111 乐山 Leshan, 5113 南充 Nanchong, 5114 眉山 Meishan, 5115 宜宾 Yibin, 5116 广安 Guangan, 5117 达州 Dazhou, 5118 雅安 Yaan, 5119 巴中 Bazhong, 5120 资阳 Ziyang, 5132 阿坝 Aba/Ngawa, 5133 甘孜 Garze/Ganzi, 5134 凉山 Liangshan',
  '52 贵州 Guizhou, 5201 贵阳 Guiyang, 5202 六盘水 Liupanshui, 5203 遵义 Zunyi, 5204 安顺 Anshun, 5205 毕节 Bijie, 5206 铜仁 Tongren, 5223 黔西南 Qianxinan, 5226 黔东南 Qiandongnan, 5227 黔南 Qiannan',
  '53 云南 Yunnan, 5301 昆明 Kunming, 5303 曲靖 Qujing, 5304 玉溪 Yuxi, 5305 保山 Baoshan, 5306 昭通 Zhaotong, 5307 丽江 Lijiang, 5308 普洱 Puer, 5309 临沧 Lincang, 5323 楚雄 Chuxiong, 5325 红河 Honghe, 5326 文山 Wenshan, 5328 西双版纳 Xishuangbanna, 5329 大理 Dali, 5331 德宏 Dehong, 5333 怒江 Nujiang, 5334 迪庆 Diqing',
  '54 西藏 Tibet/Xizang, 5401 拉萨 Lhasa/Lasa, 5402 日喀则 Shigatse/Rikaze, 5403 昌都 Chamdo/Changdu, 5404 林芝 Nyingchi/Linzhi, 5405 山南 Shannan, 5406 那曲 Naqu, 5425 阿里 Ali',
  '61 陕西 Shaanxi, 6101 西安 Xian, 6102 铜川 Tongchuan, 6103 宝鸡 Baoji, 6104 咸阳 Xianyang, 6105 渭南 Weinan, 6106 延安 Yanan, 6107 汉中 Hanzhong, 6108 榆林 Yulin, 6109 安康 Ankang, 6110 商洛 Shangluo',
  '62 甘肃 Gansu, 6201 兰州 Lanzhou, 6202 嘉峪关 Jiayuguan, 6203 金昌 Jinchang, 6204 白银 Baiyin, 6205 天水 Tianshui, 6206 武威 Wuwei, 6207 张掖 Zhangye, 6208 平凉 Pingliang, 6209 酒泉 Jiuquan, 6210 庆阳 Qingyang, 6211 定西 Dingxi, 6212 陇南 Longnan, 6229 临夏 Linxia, 6230 甘南 Gannan',
  '63 青海 Qinghai, 6301 西宁 Xining, 6302 海东 Haidong, 6322 海北 Haibei, 6323 黄南 Huangnan, 6325 海南 Hainan, 6326 果洛 Guoluo, 6327 玉树 Yushu, 6328 海西 Haixi',
  '64 宁夏 Ningxia, 6401 银川 Yinchuan, 6402 石嘴山 Shizuishan, 6403 吴忠 Wuzhong, 6404 固原 Guyuan, 6405 中卫 Zhongwei',
  '65 新疆 Xinjiang, 6501 乌鲁木齐 Urumqi/Wulumuqi, 6502 克拉玛依 Karamay, 6504 吐鲁番 Turpan, 6505 哈密 Hami, 6523 昌吉 Changji, 6527 博尔塔拉 Boertala, 6528 巴音郭楞 Bayinguoleng, 6529 阿克苏 Akesu, 6530 克孜勒苏 Kezilesu, 6531 喀什 Kashgar/Kashi, 6532 和田 Hetian, 6540 伊犁 Yili, 6542 塔城 Tacheng, 6543 阿勒泰 Aletai',
  '71 台湾 Taiwan',
  '81 香港 Hong Kong/Xianggang',
  '82 澳门 Macau/Macao',
]

/** Districts of Wuhan and what its towns are called. */
export const WUHAN: readonly string[] = [
  '420102 江岸区 Jiangan, 420103 江汉区 Jianghan, 420104 硚口 Qiaokou, 420105 汉阳 Hanyang, 420106 武昌 Wuchang, 420107 ~青山区 ~Qingshan, 420111 洪山区 Hongshan, 420112 东西湖 Dongxihu, 420113 汉南区 Hannan, 420114 蔡甸 Caidian, 420115 江夏 Jiangxia, 420116 黄陂 Huangpi, 420117 新洲区 Xinzhou, 4201 汉口 Hankou/Hankow, 4201 武汉三镇 Wuhansanzhen',
]

/** Counties of Hubei and of Wenzhou; where the short name means something else too, only the full one. */
export const COUNTIES: readonly string[] = [
  '330302 鹿城区 Lucheng, 330303 龙湾区 Longwan, 330304 瓯海 Ouhai, 330305 洞头区 Dongtou, 330324 永嘉县 Yongjia, 330326 平阳县 Pingyang, 330327 苍南 Cangnan, 330328 文成县 Wencheng, 330329 泰顺 Taishun, 330381 瑞安 Ruian, 330382 乐清 Yueqing',
  '420202 黄石港 Huangshigang, 420203 西塞山区 Xisaishan, 420204 下陆区 Xialu, 420205 铁山区 Tieshan, 420222 阳新 Yangxin, 420281 大冶 Daye',
  '420302 茅箭 Maojian, 420303 张湾区 Zhangwan, 420304 郧阳 Yunyang, 420322 郧西 Yunxi, 420323 竹山县 Zhushan, 420324 竹溪县 Zhuxi, 420325 房县 Fangxian, 420381 丹江口 Danjiangkou',
  '420502 西陵区 Xiling, 420503 伍家岗 Wujiagang, 420504 点军区 Dianjun, 420505 猇亭 Xiaoting, 420506 夷陵 Yiling, 420525 远安 Yuanan, 420526 兴山县 Xingshan, 420527 秭归 Zigui, 420528 长阳土家族自治县/长阳县 Changyang, 420529 五峰土家族自治县/五峰县 Wufeng, 420581 宜都 Yidu, 420582 当阳市 Dangyang, 420583 枝江 Zhijiang',
  '420602 襄城区 Xiangcheng, 420606 樊城 Fancheng, 420607 襄州 Xiangzhou, 420624 南漳 Nanzhang, 420625 谷城 Gucheng, 420626 保康 Baokang, 420682 老河口 Laohekou, 420683 枣阳 Zaoyang, 420684 宜城 Yicheng',
  '420702 梁子湖区 Liangzihu, 420703 华容区 Huarong, 420704 鄂城 Echeng',
  '420802 东宝区 Dongbao, 420804 掇刀 Duodao, 420822 沙洋 Shayang, 420881 钟祥 Zhongxiang, 420882 京山 Jingshan',
  '420902 孝南 Xiaonan, 420921 孝昌 Xiaochang, 420922 大悟 Dawu, 420923 云梦 Yunmeng, 420981 应城 Yingcheng, 420982 安陆 Anlu, 420984 汉川 Hanchuan',
  '421002 沙市 Shashi, 421022 公安县 Gongan, 421024 江陵县 Jiangling, 421081 石首 Shishou, 421083 洪湖 Honghu, 421087 松滋 Songzi, 421088 监利 Jianli',
  '421102 黄州区 Huangzhou, 421121 团风县 Tuanfeng, 421122 红安 Hongan, 421123 罗田 Luotian, 421124 英山县 Yingshan, 421125 浠水 Xishui, 421126 蕲春 Qichun, 421127 黄梅 Huangmei, 421181 麻城 Macheng, 421182 武穴 Wuxue',
  '421202 咸安 Xianan, 421221 嘉鱼 Jiayu, 421222 通城 Tongcheng, 421223 崇阳 Chongyang, 421224 通山县 Tongshan, 421281 赤壁 Chibi',
  '421303 曾都 Zengdu, 421321 随县 Suixian, 421381 广水 Guangshui',
  '422802 利川 Lichuan, 422822 建始 Jianshi, 422823 巴东 Badong, 422825 宣恩 Xuanen, 422826 咸丰 Xianfeng, 422827 来凤 Laifeng, 422828 鹤峰 Hefeng',
  '429004 仙桃 Xiantao, 429005 潜江 Qianjiang, 429006 天门 Tianmen, 429021 神农架 Shennongjia',
]

/** Cities of county level elsewhere: they count where they stand alone or with 市. */
export const TOWNS: readonly string[] = [
  '130181 辛集 Xinji, 130183 晋州 Jinzhou, 130184 新乐 Xinle, 130281 遵化 Zunhua, 130283 迁安 Qianan, 130284 滦州 Luanzhou, 130481 武安 Wuan, 130581 南宫 Nangong, 130582 沙河 Shahe, 130681 涿州 Zhuozhou, 130682 定州 Dingzhou, 130683 安国 Anguo, 130684 高碑店 Gaobeidian, 130881 平泉 Pingquan, 130981 泊头 Botou, 130982 任丘 Renqiu, 130983 黄骅 Huanghua, 130984 河间 Hejian, 131081 霸州 Bazhou, 131082 三河 Sanhe, 131182 深州 Shenzhou',
  '140181 古交 Gujiao, 140581 高平 Gaoping, 140681 怀仁 Huairen, 140781 介休 Jiexiu, 140881 永济 Yongji, 140882 河津 Hejin, 140981 原平 Yuanping, 141081 侯马 Houma, 141082 霍州 Huozhou, 141181 孝义 Xiaoyi, 141182 汾阳 Fenyang',
  '150581 霍林郭勒 Huolinguole, 150781 满洲里 Manzhouli, 150782 牙克石 Yakeshi, 150783 扎兰屯 Zhalantun, 150784 额尔古纳 Eerguna, 150785 根河 Genhe, 150981 丰镇 Fengzhen, 152201 乌兰浩特 Wulanhaote, 152202 阿尔山 Aershan, 152501 二连浩特 Erlianhaote, 152502 锡林浩特 Xilinhaote',
  '210181 新民 Xinmin, 210281 瓦房店 Wafangdian, 210283 庄河 Zhuanghe, 210381 海城 Haicheng, 210681 东港 Donggang, 210682 凤城 Fengcheng, 210781 凌海 Linghai, 210782 北镇 Beizhen, 210881 盖州 Gaizhou, 210882 大石桥 Dashiqiao, 211081 灯塔 Dengta, 211281 调兵山 Tiaobingshan, 211282 开原 Kaiyuan, 211381 北票 Beipiao, 211382 凌源 Lingyuan, 211481 兴城 Xingcheng',
  '220182 榆树 Yushu, 220183 德惠 Dehui, 220184 公主岭 Gongzhuling, 220281 蛟河 Jiaohe, 220282 桦甸 Huadian, 220283 舒兰 Shulan, 220284 磐石 Panshi, 220382 双辽 Shuangliao, 220581 梅河口 Meihekou, 220582 集安 Jian, 220681 临江 Linjiang, 220781 扶余 Fuyu, 220881 洮南 Taonan, 220882 大安 Daan, 222401 延吉 Yanji, 222402 图们 Tumen, 222403 敦化 Dunhua, 222404 珲春 Huichun, 222405 龙井 Longjing, 222406 和龙 Helong',
  '230183 尚志 Shangzhi, 230184 五常 Wuchang, 230281 讷河 Nehe, 230381 虎林 Hulin, 230382 密山 Mishan, 230781 铁力 Tieli, 230881 同江 Tongjiang, 230882 富锦 Fujin, 230883 抚远 Fuyuan, 231081 绥芬河 Suifenhe, 231083 海林 Hailin, 231084 宁安 Ningan, 231085 穆棱 Muleng, 231086 东宁 Dongning, 231181 北安 Beian, 231182 五大连池 Wudalianchi, 231183 嫩江 Nenjiang, 231281 安达 Anda, 231282 肇东 Zhaodong, 231283 海伦 Hailun, 232701 漠河 Mohe',
  '320281 江阴 Jiangyin, 320282 宜兴 Yixing, 320381 新沂 Xinyi, 320382 邳州 Pizhou, 320481 溧阳 Liyang, 320581 常熟 Changshu, 320582 张家港 Zhangjiagang, 320583 昆山 Kunshan, 320585 太仓 Taicang, 320681 启东 Qidong, 320682 如皋 Rugao, 320685 海安 Haian, 320981 东台 Dongtai, 321081 仪征 Yizheng, 321084 高邮 Gaoyou, 321181 丹阳 Danyang, 321182 扬中 Yangzhong, 321183 句容 Jurong, 321281 兴化 Xinghua, 321282 靖江 Jingjiang, 321283 泰兴 Taixing',
  '330182 建德 Jiande, 330281 余姚 Yuyao, 330282 慈溪 Cixi, 330481 海宁 Haining, 330482 平湖 Pinghu, 330483 桐乡 Tongxiang, 330681 诸暨 Zhuji, 330683 嵊州 Shengzhou, 330781 兰溪 Lanxi, 330782 义乌 Yiwu, 330783 东阳 Dongyang, 330784 永康 Yongkang, 330881 江山 Jiangshan, 331081 温岭 Wenling, 331082 临海 Linhai, 331083 玉环 Yuhuan, 331181 龙泉 Longquan',
  '340181 巢湖 Chaohu, 340281 无为 Wuwei, 340881 桐城 Tongcheng, 340882 潜山 Qianshan, 341181 天长 Tianchang, 341182 明光 Mingguang, 341282 界首 Jieshou, 341881 宁国 Ningguo, 341882 广德 Guangde',
  '350181 福清 Fuqing, 350481 永安 Yongan, 350581 石狮 Shishi, 350582 晋江 Jinjiang, 350583 南安 Nanan, 350681 龙海 Longhai, 350781 邵武 Shaowu, 350782 武夷山 Wuyishan, 350783 建瓯 Jianou, 350881 漳平 Zhangping, 350981 福安 Fuan, 350982 福鼎 Fuding',
  '360281 乐平 Leping, 360481 瑞昌 Ruichang, 360482 共青城 Gongqingcheng, 360483 庐山 Lushan, 360681 贵溪 Guixi, 360781 瑞金 Ruijin, 360783 龙南 Longnan, 360881 井冈山 Jinggangshan, 360981 丰城 Fengcheng, 360982 樟树 Zhangshu, 360983 高安 Gaoan, 361181 德兴 Dexing',
  '370281 胶州 Jiaozhou, 370283 平度 Pingdu, 370285 莱西 Laixi, 370481 滕州 Tengzhou, 370681 龙口 Longkou, 370682 莱阳 Laiyang, 370683 莱州 Laizhou, 370685 招远 Zhaoyuan, 370686 栖霞 Qixia, 370687 海阳 Haiyang, 370781 青州 Qingzhou, 370782 诸城 Zhucheng, 370783 寿光 Shouguang, 370784 安丘 Anqiu, 370785 高密 Gaomi, 370786 昌邑 Changyi, 370881 曲阜 Qufu, 370883 邹城 Zoucheng, 370982 新泰 Xintai, 370983 肥城 Feicheng, 371082 荣成 Rongcheng, 371083 乳山 Rushan, 371481 乐陵 Leling, 371482 禹城 Yucheng, 371581 临清 Linqing, 371681 邹平 Zouping',
  '410181 巩义 Gongyi, 410182 荥阳 Xingyang, 410183 新密 Xinmi, 410184 新郑 Xinzheng, 410185 登封 Dengfeng, 410381 偃师 Yanshi, 410481 舞钢 Wugang, 410482 汝州 Ruzhou, 410581 林州 Linzhou, 410781 卫辉 Weihui, 410782 辉县 Huixian, 410783 长垣 Changyuan, 410882 沁阳 Qinyang, 410883 孟州 Mengzhou, 411081 禹州 Yuzhou, 411082 长葛 Changge, 411281 义马 Yima, 411282 灵宝 Lingbao, 411381 邓州 Dengzhou, 411481 永城 Yongcheng, 411681 项城 Xiangcheng, 419001 济源 Jiyuan',
  '430181 浏阳 Liuyang, 430182 宁乡 Ningxiang, 430281 醴陵 Liling, 430381 湘乡 Xiangxiang, 430382 韶山 Shaoshan, 430481 耒阳 Leiyang, 430482 常宁 Changning, 430581 武冈 Wugang, 430582 邵东 Shaodong, 430681 汨罗 Miluo, 430682 临湘 Linxiang, 430781 津市 Jinshi, 430981 沅江 Yuanjiang, 431081 资兴 Zixing, 431281 洪江 Hongjiang, 431381 冷水江 Lengshuijiang, 431382 涟源 Lianyuan, 433101 吉首 Jishou, 431181 祁阳 Qiyang',
  '440281 乐昌 Lechang, 440282 南雄 Nanxiong, 440781 台山 Taishan, 440783 开平 Kaiping, 440784 鹤山 Heshan, 440785 恩平 Enping, 440881 廉江 Lianjiang, 440882 雷州 Leizhou, 440883 吴川 Wuchuan, 440981 高州 Gaozhou, 440982 化州 Huazhou, 440983 信宜 Xinyi, 441284 四会 Sihui, 441481 兴宁 Xingning, 441581 陆丰 Lufeng, 441781 阳春 Yangchun, 441881 英德 Yingde, 441882 连州 Lianzhou, 445281 普宁 Puning, 445381 罗定 Luoding',
  '450381 荔浦 Lipu, 450481 岑溪 Cenxi, 450681 东兴 Dongxing, 450881 桂平 Guiping, 450981 北流 Beiliu, 451081 靖西 Jingxi, 451082 平果 Pingguo, 451381 合山 Heshan, 451481 凭祥 Pingxiang, 450181 横州 Hengzhou',
  '469001 五指山 Wuzhishan, 469002 琼海 Qionghai, 469005 文昌 Wenchang, 469006 万宁 Wanning, 469007 东方 Dongfang',
  '510181 都江堰 Dujiangyan, 510182 彭州 Pengzhou, 510183 邛崃 Qionglai, 510184 崇州 Chongzhou, 510185 简阳 Jianyang, 510681 广汉 Guanghan, 510682 什邡 Shenfang, 510683 绵竹 Mianzhu, 510781 江油 Jiangyou, 510981 射洪 Shehong, 511083 隆昌 Longchang, 511181 峨眉山 Emeishan, 511381 阆中 Langzhong, 511681 华蓥 Huaying, 511781 万源 Wanyuan, 513201 马尔康 Maerkang, 513301 康定 Kangding, 513401 西昌 Xichang, 513402 会理 Huili',
  '520181 清镇 Qingzhen, 520281 盘州 Panzhou, 520381 赤水 Chishui, 520382 仁怀 Renhuai, 522301 兴义 Xingyi, 522302 兴仁 Xingren, 522601 凯里 Kaili, 522701 都匀 Douyun, 522702 福泉 Fuquan, 520581 黔西 Qianxi',
  '530181 安宁 Anning, 530381 宣威 Xuanwei, 530481 澄江 Chengjiang, 530581 腾冲 Tengchong, 530681 水富 Shuifu, 532301 楚雄 Chuxiong, 532501 个旧 Gejiu, 532502 开远 Kaiyuan, 532503 蒙自 Mengzi, 532504 弥勒 Mile, 532601 文山 Wenshan, 532801 景洪 Jinghong, 532901 大理 Dali, 533102 瑞丽 Ruili, 533301 泸水 Lushui, 533401 香格里拉 Xianggelila, 532302 禄丰 Lufeng',
  '610481 兴平 Xingping, 610482 彬州 Binzhou, 610581 韩城 Hancheng, 610582 华阴 Huayin, 610681 子长 Zichang, 610881 神木 Shenmu, 610981 旬阳 Xunyang',
  '620881 华亭 Huating, 620981 玉门 Yumen, 620982 敦煌 Dunhuang, 622901 临夏 Linxia, 623001 合作 Hezuo',
  '632301 同仁 Tongren, 632701 玉树 Yushu, 632801 格尔木 Geermu, 632802 德令哈 Delingha, 632803 茫崖 Mangya',
  '640181 灵武 Lingwu, 640381 青铜峡 Qingtongxia',
  '652301 昌吉 Changji, 652302 阜康 Fukang, 652701 博乐 Bole, 652702 阿拉山口 Alashankou, 652801 库尔勒 Kuerle, 652901 阿克苏 Akesu, 652902 库车 Kuche, 653001 阿图什 Atushen, 653101 喀什 Kashgar/Kashi, 653201 和田 Hetian, 654002 伊宁 Yining, 654003 奎屯 Kuitun, 654004 霍尔果斯 Huoerguosi, 654201 塔城 Tacheng, 654202 乌苏 Wusu, 654301 阿勒泰 Aletai, 659001 石河子 Shihezi, 659002 阿拉尔 Alaer, 659003 图木舒克 Tumushuke, 659004 五家渠 Wujiaqu, 659005 北屯 Beitun, 659006 铁门关 Tiemenguan, 659007 双河 Shuanghe, 659008 可克达拉 Kekedala, 659009 昆玉 Kunyu, 659010 胡杨河 Huyanghe, 659011 新星 Xinxing, 654203 沙湾 Shawan',
]
