package dev.handfast.xa.artemis.internal.client;

import io.netty.util.concurrent.FastThreadLocal;

/** Where Netty came from, and so whether its classes are freed with the application. */
final class NettysOrigin {

  private static final boolean APPLICATION = cameWithUs();

  private NettysOrigin() {}

  /**
   * Whether one class loader brought Netty and Handfast along, as in a container. On the class path
   * of the JVM Netty stays for as long as that, and elsewhere it is somebody else's.
   */
  static boolean isTheApplication() {
    return APPLICATION;
  }

  private static boolean cameWithUs() {
    ClassLoader loader = FastThreadLocal.class.getClassLoader();
    return loader != ClassLoader.getSystemClassLoader()
        && loader == NettysOrigin.class.getClassLoader();
  }
}
