package dev.handfast.xa;

import dev.handfast.xa.internal.disk.Disk;
import dev.handfast.xa.scripted.TestPlatform;

/** Starts a runtime whose log stands on another disk than the machine's. */
public final class OnDisk {

  private OnDisk() {}

  public static Handfast start(Handfast.Builder builder, Disk disk) {
    return ((HandfastBuilder) builder).platform(new TestPlatform(disk)).start();
  }
}
