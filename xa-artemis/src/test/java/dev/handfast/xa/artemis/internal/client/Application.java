package dev.handfast.xa.artemis.internal.client;

import java.io.File;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;

/** An application with a class loader of its own, which brought Netty and Handfast along. */
final class Application {

  private Application() {}

  /** Runs something as a part of it. */
  static String run(Class<? extends Callable<String>> body) throws Exception {
    try (URLClassLoader loader =
        new URLClassLoader(classPath(), ClassLoader.getPlatformClassLoader())) {
      @SuppressWarnings("unchecked")
      Callable<String> copy =
          (Callable<String>)
              loader.loadClass(body.getName()).getDeclaredConstructor().newInstance();
      return copy.call();
    }
  }

  private static URL[] classPath() throws Exception {
    List<URL> urls = new ArrayList<>();
    for (String entry : System.getProperty("java.class.path").split(File.pathSeparator, -1)) {
      urls.add(Path.of(entry).toUri().toURL());
    }
    return urls.toArray(URL[]::new);
  }
}
