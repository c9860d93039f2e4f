package dev.handfast.xa.internal.log.slot;

import java.io.IOException;

/** Something that is written to a slot file, and may be written again. */
@FunctionalInterface
public interface FileChange {

  void run() throws IOException;

  /** Makes a change and forces it, again if an interrupt hid the result. */
  static void forced(Pages file, FileChange change) throws IOException {
    do {
      change.run();
    } while (!file.force());
  }
}
