package dev.handfast.xa.it.failing;

import dev.handfast.xa.it.PreloadedLibrary;
import java.nio.file.Path;
import java.util.List;

/**
 * A file call that fails.
 *
 * @param call what is called and on which file, as {@code write slots}
 * @param number which of them, from 1 on; 0 if none fails
 * @param error its errno
 * @param killAfter how many calls after it the process is killed; 0 if it works on
 */
record FileCall(String call, int number, Errno error, int killAfter) {

  static final FileCall NONE = new FileCall("none", 0, Errno.EIO, 0);

  /** What a disk does, by its number on Linux. */
  enum Errno {
    EIO(5),
    ENOSPC(28);

    private final int number;

    Errno(int number) {
      this.number = number;
    }
  }

  static PreloadedLibrary build(Path directory) throws Exception {
    return PreloadedLibrary.build(FileCall.class, "failing-calls.c", directory);
  }

  /** The words before the command of a process in which it fails. */
  List<String> launcher(PreloadedLibrary library, Path below, Path trace) {
    return library.launcher(
        "FAIL_BELOW=" + below,
        "FAIL_TRACE=" + trace,
        "FAIL_CALL=" + call,
        "FAIL_AT=" + number,
        "FAIL_WITH=" + error.number,
        "FAIL_KILL=" + killAfter);
  }

  /** What is called, without the file. */
  String kind() {
    return call.substring(0, call.indexOf(' '));
  }
}
