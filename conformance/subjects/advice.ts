/** What is seen of a driver that does not start. */
interface Trouble {
  /** The message of an exception or of the suite, with what the program wrote to standard error. */
  readonly text: string;
  /** The class of the driver's exception, where it raised one. */
  readonly exception?: string;
}

interface Advice {
  readonly fits: (trouble: Trouble) => boolean;
  readonly words: (text: string) => string;
}

/** From what is certain to what is only likely: the first that fits is given. */
const advices: readonly Advice[] = [
  {
    fits: ({ text }) =>
      /ModuleNotFoundError|ImportError|No module named|Cannot find module|ERR_MODULE_NOT_FOUND/.test(text),
    words: (text) => {
      const [, name] = /(?:No module named|Cannot find (?:module|package)) '?([^'\s]+)'?/.exec(text) ?? [];
      const what = name === undefined ? 'A module' : `The module ${name}`;
      return `${what} cannot be imported: install it for the interpreter of the command line, or say where it is (PYTHONPATH for Python).`;
    },
  },
  {
    fits: ({ text }) => /SyntaxError|IndentationError|TransformError/.test(text),
    words: () =>
      'The driver is no valid program text for this interpreter: see the error, and the version of the interpreter.',
  },
  {
    fits: ({ text }) => /cannot be started|ENOENT|command not found|No such file or directory.*python/.test(text),
    words: () => 'The command line starts no program: check its path. It is run without a shell.',
  },
  {
    fits: ({ text, exception }) => exception === undefined && /does not answer in the time/.test(text),
    words: () =>
      'The program waits for something: give it more time with --patience, and see that it flushes each line.',
  },
  {
    fits: ({ exception, text }) =>
      /No host supplied/.test(text) ||
      /^(NoSuchOptError|InvalidConfigurationValue|MissingParameter|RequiredOptError|ConfigFileValueError|InvalidParameterValue|InvalidInput)$/.test(
        exception ?? '',
      ) ||
      (exception !== undefined &&
        /\b(option|config\w*|parameter)\b.*\b(not set|required|missing|must be|invalid|unknown)\b|\b(not set|required|missing)\b.*\boption\b/i.test(
          text,
        )),
    words: () =>
      'The driver misses an option, or refuses one. The suite gives the options of an E-Series backend (netapp_server_hostname and so on): a driver that needs others is for another array, and cannot be judged.',
  },
  {
    fits: ({ text }) => /\b401\b|\b403\b|[Uu]nauthori[sz]ed|[Aa]uthentication|credentials/.test(text),
    words: () => 'Log in with netapp_login and netapp_password of the configuration that came with initialize.',
  },
  {
    fits: ({ text }) =>
      /ECONNREFUSED|refused|timed? ?out|unreachable|Max retries|resolve|getaddrinfo|ConnectionError|CERTIFICATE/i.test(
        text,
      ),
    words: () =>
      'Use the address (netapp_server_hostname), the port (netapp_server_port) and the transport of the configuration that came with initialize.',
  },
  {
    fits: ({ text, exception = '' }) =>
      /ProcessExecutionError|rootwrap|sudo|privsep|[Vv]olume [Gg]roup|vgs\b/.test(`${exception} ${text}`),
    words: () =>
      'The driver runs commands on its own host: it is for another kind of storage than an array with the SANtricity web services, and cannot be judged.',
  },
];

/** What to do about a driver that does not start, by what is seen of it. */
export function adviceFor(trouble: Trouble): string {
  const fitting = advices.find(({ fits }) => fits(trouble));
  if (fitting !== undefined) return fitting.words(trouble.text);
  return trouble.exception === undefined
    ? 'Try the program by hand: it reads a line of JSON from its standard input, and answers with one.'
    : `See what raises ${trouble.exception}: with a sound array and the options of the configuration a driver starts.`;
}
