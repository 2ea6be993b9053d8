import { describe, expect, it } from 'vitest';
import { moduleSubject } from '../../../conformance/subjects/module-subject.js';
import { SubjectError } from '../../../conformance/subjects/subject.js';
import { subjectOf } from '../../../conformance/subjects/subject-of.js';

const moduleWith = (source: string) => `data:text/javascript,${encodeURIComponent(source)}`;
const subjectThat = (call: string) =>
  moduleWith(`export const createSubject = ({ configuration }) => ({
    name: configuration.volume_backend_name, methods: ['get_pool'], call: async (method, args) => { ${call} }, close() {},
  });`);
const environment = { configuration: { volume_backend_name: 'fake' } };

describe('a subject in this process', () => {
  it('is what the module’s createSubject gives', async () => {
    const subject = await subjectOf(`module:${subjectThat('return { returned: args.volume };')}`)(environment);
    const volume = {};
    expect(subject.name).toBe('fake');
    expect(subject.methods).toEqual(new Set(['get_pool']));
    expect(await subject.call('get_pool', { volume })).toHaveProperty('returned', volume);
    await subject.close();
  });

  it.each([
    ['file:///no/such/module.js', 'cannot be imported'],
    [moduleWith('export const x = 1;'), 'exports no function createSubject'],
    [moduleWith('export const createSubject = () => { throw new Error("no array") };'), 'failed: no array'],
    [moduleWith('export const createSubject = () => null;'), 'name is no text; methods is no Set of names; call is no'],
  ])('says what is wrong with %s', async (url, message) => {
    const start = moduleSubject(url)(environment);
    await expect(start).rejects.toBeInstanceOf(SubjectError);
    await expect(start).rejects.toThrow(message);
  });

  it.each([
    ['throw new TypeError("x is undefined");', "threw what is no exception of Cinder's: x is undefined"],
    ['return 7;', 'came to what is no answer: 7'],
    ['return { raised: { class: "NotFound" } };', 'raised something that is not described as an exception is'],
  ])('says what is wrong with a call that does: %s', async (call, message) => {
    const subject = await moduleSubject(subjectThat(call))(environment);
    await expect(subject.call('get_pool', {})).rejects.toThrow(message);
    await expect(subject.call('get_pool', {})).rejects.toBeInstanceOf(SubjectError);
  });

  it.each([
    ['an import', 'await new Promise(() => undefined);', 'is not imported in the time that it has'],
    [
      'createSubject',
      'export const createSubject = () => new Promise(() => undefined);',
      'does not end in the time that it has',
    ],
  ])('says that %s does not end', async (_, source, message) => {
    const start = subjectOf(`module:${moduleWith(source)}`, { patience: () => AbortSignal.timeout(5) })(environment);
    await expect(start).rejects.toBeInstanceOf(SubjectError);
    await expect(start).rejects.toThrow(message);
  });

  it('says that a call and its end do not end', async () => {
    const hanging = moduleWith(`export const createSubject = () => ({
      name: 'x', methods: [], call: () => new Promise(() => undefined), close: () => new Promise(() => undefined) });`);
    const subject = await moduleSubject(hanging, () => AbortSignal.timeout(5))(environment);
    await expect(subject.call('get_pool', {})).rejects.toThrow('get_pool does not end in the time that it has');
    await expect(subject.close()).rejects.toThrow('close does not end in the time that it has');
    await expect(subject.close()).rejects.toBeInstanceOf(SubjectError);
  });

  it('is looked for from where the command is run', async () => {
    await expect(subjectOf('module:no-such/subject.js')(environment)).rejects.toThrow(
      `${process.cwd()}/no-such/subject.js cannot be imported`,
    );
  });
});
