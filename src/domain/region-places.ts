/**
 * The words by which people look for a region, divided by commas: its country in English and in its own languages, the
 * ISO 3166 code, other names of its city, and large cities near it that are in no name.
 */
const US = 'usa, us, united states, america, estados unidos'
const AUSTRALIA = 'australia, au'
const CANADA = 'canada, ca, kanada'
const CHINA = 'china, cn, zhongguo, 中国, prc'
const GERMANY = 'germany, deutschland, de, allemagne, alemania'
const INDIA = 'india, in, bharat, भारत'
const JAPAN = 'japan, jp, nippon, nihon, 日本'
const SPAIN = 'spain, españa, espana, es, spanien'

export const REGION_PLACES: Readonly<Record<string, string>> = {
  'us-east-1': `${US}, virginia, washington, ashburn, new york, nyc, boston, miami, atlanta`,
  'us-east-2': `${US}, ohio, columbus, chicago, detroit`,
  'us-west-1': `${US}, california, san francisco, silicon valley, los angeles`,
  'us-west-2': `${US}, oregon, portland, seattle`,
  'us-gov-west-1': `${US}, government, govcloud, oregon`,
  'us-gov-east-1': `${US}, government, govcloud, ohio`,
  'ca-central-1': `${CANADA}, montreal, montréal, toronto, ottawa, quebec, québec`,
  'ca-west-1': `${CANADA}, calgary, alberta, vancouver`,
  'mx-central-1': 'mexico, méxico, mx, mexiko, queretaro, querétaro, mexico city',
  'sa-east-1': 'brazil, brasil, br, brasilien, sao paulo, são paulo, rio de janeiro',
  'eu-west-1': 'ireland, éire, eire, ie, irland, irlande, dublin',
  'eu-west-2':
    'united kingdom, uk, gb, gbr, great britain, england, scotland, wales, grossbritannien, london, londres',
  'eu-west-3': 'france, fr, frankreich, francia, paris',
  'eu-central-1': `${GERMANY}, frankfurt am main, berlin, munich, münchen, muenchen, hamburg, austria, österreich`,
  'eu-central-2': 'switzerland, schweiz, suisse, svizzera, ch, zurich, zürich, zuerich, geneva, genève',
  'eu-north-1':
    'sweden, sverige, se, schweden, stockholm, norway, norge, denmark, danmark, finland, suomi, nordic',
  'eu-south-1': 'italy, italia, it, italien, italie, milan, milano, mailand, rome, roma',
  'eu-south-2': `${SPAIN}, aragon, aragón, zaragoza, madrid, barcelona, portugal, lisbon, lisboa`,
  'eusc-de-east-1': `${GERMANY}, brandenburg, potsdam, sovereign`,
  'ap-southeast-1': 'singapore, sg, singapura, singapur, 新加坡',
  'ap-southeast-2': `${AUSTRALIA}, sydney, new south wales, nsw, brisbane`,
  'ap-southeast-3': 'indonesia, id, jakarta, java',
  'ap-southeast-4': `${AUSTRALIA}, melbourne, victoria`,
  'ap-southeast-5': 'malaysia, my, kuala lumpur',
  'ap-southeast-6': 'new zealand, nz, aotearoa, auckland',
  'ap-southeast-7': 'thailand, th, ประเทศไทย, bangkok, krung thep',
  'ap-northeast-1': `${JAPAN}, tokyo, tōkyō, 東京`,
  'ap-northeast-2': 'south korea, korea, kr, 한국, 대한민국, seoul, 서울',
  'ap-northeast-3': `${JAPAN}, osaka, ōsaka, 大阪, kyoto`,
  'ap-south-1': `${INDIA}, mumbai, bombay, delhi, bangalore, bengaluru`,
  'ap-south-2': `${INDIA}, hyderabad, chennai, madras`,
  'ap-east-1': 'hong kong, hongkong, hk, 香港',
  'ap-east-2': 'taiwan, tw, 台灣, 臺灣, taipei, 台北, 臺北',
  'il-central-1': 'israel, il, ישראל, tel aviv, telaviv, jerusalem',
  'me-central-1': 'united arab emirates, uae, ae, الإمارات, emirates, dubai, abu dhabi',
  'me-south-1': 'bahrain, bh, البحرين, manama, saudi arabia, kuwait, qatar',
  'af-south-1': 'south africa, za, suid-afrika, afrika, cape town, kaapstad, johannesburg',
  'cn-north-1': `${CHINA}, beijing, peking, 北京`,
  'cn-northwest-1': `${CHINA}, ningxia, 宁夏, shanghai, zhongwei`,
}
