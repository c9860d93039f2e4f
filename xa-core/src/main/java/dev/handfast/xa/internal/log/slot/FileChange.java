package dev.handfast.xa.internal.log.slot;

import java.io.IOException;

/** Something that is written to a slot file, and may be written again. */
@FunctionalInterface
public interface FileChange {

  void run() throws IOException;
}
