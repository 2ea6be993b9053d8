/** Operations that a rule does not hold for, by the operation's id, with the reason. */
type Exceptions = Readonly<Record<string, string>>;

const keyIsMade = 'a key that is unknown is made';
const listOfIds = 'it takes a list of ids: of what is unknown there are no rows';
const bodyFirst = 'what the request asks for is checked before the object that it is about';

/** By rule, what it does not hold for. */
export const exceptions = {
  roles: {} as Exceptions,
  required: {} as Exceptions,
  enumerations: {} as Exceptions,
  query: {} as Exceptions,
  unknownId: {
    setKeyValue: keyIsMade,
    setSystemKeyValue: keyIsMade,
    setCounter: keyIsMade,
    incrementCounterByKey: keyIsMade,
    decrementCounterByKey: keyIsMade,
    setSystemCounter: keyIsMade,
    'get-LivePerformanceStatistics': listOfIds,
    'get-SelectedHistoricalPerformanceStatistics': listOfIds,
    'get-HistoricalRawPerformanceStatistics': listOfIds,
    expandConcatVolume: bodyFirst,
    'update-CopyPairOperation': bodyFirst,
    putCopyPairOperation: bodyFirst,
  } as Exceptions,
  trailingSlash: { 'get-ClientToken': 'each answer is another token' } as Exceptions,
};
