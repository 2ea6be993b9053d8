import type { Connection } from './connection.js';
import { TaskAborted } from './errors.js';
import type { InitiatorTags } from './initiator-tags.js';
import type { Parameters } from './parameters.js';
import type { RequestSender } from './request-sender.js';
import type { CommandOptions, ScsiCommand, ScsiTask } from './scsi-command.js';
import { isBefore } from './serial.js';
import { Task } from './task.js';
import { isEndedBy, type TaskFunction } from './task-management.js';

/** The SCSI commands of a session that have not ended. */
export class ScsiTasks {
  private readonly tasks = new Map<number, Task>();

  constructor(
    private readonly tags: InitiatorTags,
    private readonly sender: RequestSender,
    private readonly parameters: Parameters,
    private readonly breach: Connection['breach'],
  ) {}

  begin(command: ScsiCommand, options: CommandOptions = {}): ScsiTask {
    const itt = this.tags.next();
    const task = new Task(command, itt, options, {
      parameters: this.parameters,
      send: (pdu) => this.sender.send(pdu),
      breach: this.breach,
      onDone: () => {
        this.tasks.delete(itt);
        this.tags.release(itt);
      },
    });
    if (!this.tags.own(itt, task)) return task;
    this.tasks.set(itt, task);
    this.sender.sendInOrder(options.immediate === true, (cmdSn) => task.start(cmdSn));
    return task;
  }

  /** Ends the tasks that a completed function ended: only commands that were sent before it are in its reach. */
  endBy(name: TaskFunction, target: { readonly itt: number; readonly lun: Buffer }, cmdSn: number): void {
    for (const [itt, task] of [...this.tasks]) {
      if (task.cmdSn === undefined || !isBefore(task.cmdSn, cmdSn) || !isEndedBy(name, task, target)) continue;
      this.tasks.delete(itt);
      this.tags.abort(itt);
      task.fail(new TaskAborted(`${name} ended the task`));
    }
  }
}
