package dev.handfast.xa.it.redeploy;

import java.io.File;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.function.IntFunction;

/**
 * Loads the application again and again by a new class loader, which shares nothing but the JDK,
 * and has it work on threads that outlive it.
 */
public final class LoaderMain {

  private static final int THREADS = 4;

  private final ExecutorService threads = Executors.newFixedThreadPool(THREADS);
  private final Loaders loaders = new Loaders();
  private final String[] settings;

  private LoaderMain(String[] settings) {
    this.settings = settings;
  }

  /** Takes the number of rounds, and what {@link Shop} takes. */
  public static void main(String[] arguments) throws Exception {
    int rounds = Integer.parseInt(arguments[0]);
    LoaderMain main = new LoaderMain(List.of(arguments).subList(1, 5).toArray(String[]::new));
    for (int round = 1; round <= rounds; round++) {
      main.round(round);
    }
    System.out.println(main.loaders.remaining());
    main.threads.shutdown();
  }

  private void round(int round) throws Exception {
    try (URLClassLoader loader =
        new URLClassLoader(classPath(), ClassLoader.getPlatformClassLoader())) {
      loaders.add(loader);
      Object shop = on(loader, () -> start(loader)).get();
      work(loader, shop, round);
      on(
              loader,
              () -> {
                ((AutoCloseable) shop).close();
                return "closed";
              })
          .get();
    }
  }

  private Object start(ClassLoader loader) throws ReflectiveOperationException {
    return loader
        .loadClass(Shop.class.getName())
        .getConstructor(String.class, String.class, String.class, String.class)
        .newInstance((Object[]) settings);
  }

  @SuppressWarnings("unchecked")
  private void work(ClassLoader loader, Object shop, int round) throws Exception {
    List<Future<String>> all = new ArrayList<>();
    for (int i = 0; i < THREADS * 2; i++) {
      int id = round * 100 + i;
      all.add(on(loader, () -> ((IntFunction<Callable<String>>) shop).apply(id).call()));
    }
    for (Future<String> one : all) {
      one.get();
    }
    on(loader, ((IntFunction<Callable<String>>) shop).apply(Shop.LEFT_OPEN)).get();
  }

  /**
   * As a container does it: the thread has the application's class loader while it works for it.
   */
  private <T> Future<T> on(ClassLoader loader, Callable<T> work) {
    return threads.submit(
        () -> {
          Thread thread = Thread.currentThread();
          ClassLoader before = thread.getContextClassLoader();
          thread.setContextClassLoader(loader);
          try {
            return work.call();
          } finally {
            thread.setContextClassLoader(before);
          }
        });
  }

  private static URL[] classPath() throws Exception {
    List<URL> urls = new ArrayList<>();
    for (String entry : System.getProperty("java.class.path").split(File.pathSeparator, 0)) {
      urls.add(Path.of(entry).toUri().toURL());
    }
    return urls.toArray(URL[]::new);
  }
}
