export interface HostType {
  readonly index: number;
  readonly code: string;
  readonly name: string;
}

/** The host types of the array, with gaps in the numbering as the array has them (source: clients' fixtures). */
export const hostTypes: readonly HostType[] = [
  { index: 0, code: 'FactoryDefault', name: 'FactoryDefault' },
  { index: 1, code: 'W2KNETNCL', name: 'Windows 2000/Server 2003/Server 2008 Non-Clustered' },
  { index: 2, code: 'SOL', name: 'Solaris' },
  { index: 4, code: 'ONTAP_RDAC', name: 'ONTAP_RDAC' },
  { index: 5, code: 'AVT_4M', name: 'AVT_4M' },
  { index: 6, code: 'LNX', name: 'Linux' },
  { index: 7, code: 'LnxALUA', name: 'LnxALUA' },
  { index: 8, code: 'W2KNETCL', name: 'Windows 2000/Server 2003/Server 2008 Clustered' },
  { index: 9, code: 'AIX MPIO', name: 'AIX MPIO' },
  { index: 10, code: 'VmwTPGSALUA', name: 'VmwTPGSALUA' },
  { index: 15, code: 'HPXTPGS', name: 'HP-UX TPGS' },
  { index: 17, code: 'SolTPGSALUA', name: 'SolTPGSALUA' },
  { index: 18, code: 'SVC', name: 'SVC' },
  { index: 22, code: 'MacTPGSALUA', name: 'MacTPGSALUA' },
  { index: 23, code: 'WinTPGSALUA', name: 'WinTPGSALUA' },
  { index: 24, code: 'LnxTPGSALUA', name: 'LnxTPGSALUA' },
  { index: 25, code: 'LnxTPGSALUA_PM', name: 'LnxTPGSALUA_PM' },
  { index: 26, code: 'ONTAP_ALUA', name: 'ONTAP_ALUA' },
  { index: 27, code: 'LnxTPGSALUA_SF', name: 'LnxTPGSALUA_SF' },
  { index: 28, code: 'LnxDHALUA', name: 'LnxDHALUA' },
];
