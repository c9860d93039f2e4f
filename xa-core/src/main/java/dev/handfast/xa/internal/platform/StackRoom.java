package dev.handfast.xa.internal.platform;

/**
 * Finds out that the stack of a thread is nearly used up before anything is held or written, and
 * not in the midst of it.
 */
public final class StackRoom {

  /** Frames of this class are small, those of a write and its force are fewer and larger. */
  private static final int FRAMES = 400;

  private StackRoom() {}

  /**
   * Returns if there is room on the calling thread's stack for a write to the log and what
   * surrounds it, else overflows it now.
   */
  public static void require() {
    descend(FRAMES);
  }

  private static int descend(int frames) {
    return frames == 0 ? 0 : descend(frames - 1) + 1;
  }
}
