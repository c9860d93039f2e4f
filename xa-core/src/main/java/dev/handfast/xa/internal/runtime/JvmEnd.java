package dev.handfast.xa.internal.runtime;

/** The end of the JVM, as by {@code System.exit} or SIGTERM. */
final class JvmEnd {

  private JvmEnd() {}

  /** Whether shutdown hooks run. The JDK tells only whoever would add one. */
  static boolean hasBegun() {
    Thread none = new Thread("handfast-none");
    try {
      Runtime.getRuntime().addShutdownHook(none);
      Runtime.getRuntime().removeShutdownHook(none);
      return false;
    } catch (IllegalStateException e) {
      return true;
    }
  }
}
