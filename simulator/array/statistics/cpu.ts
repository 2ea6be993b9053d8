/** Percent of a core's time that goes by without any operation (source: a recorded idle array). */
export const idleCpuPercent = 1;
