package dev.handfast.xa.transactional;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;
import static org.awaitility.Awaitility.await;

import dev.handfast.xa.Handfast;
import dev.handfast.xa.testkit.LogCapture;
import dev.handfast.xa.transactional.elsewhere.Shared;
import dev.handfast.xa.transactional.elsewhere.SharedInterface;
import java.io.File;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.lang.ref.WeakReference;
import java.net.MalformedURLException;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.function.Predicate;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Proxies and their generated classes where there are several class loaders. */
final class LoadersTest {

  private static final String SHARED = Shared.class.getPackageName();

  private LogCapture log;

  @BeforeEach
  void keepTheLog() {
    log = new LogCapture("dev.handfast");
  }

  @AfterEach
  void letTheLogGo() {
    log.close();
  }

  /** Sees the JDK, the annotations and the shared types. */
  private static final class Parent extends ClassLoader {

    private Parent() {
      super(ClassLoader.getPlatformClassLoader());
    }

    @Override
    protected Class<?> findClass(String name) throws ClassNotFoundException {
      if (name.startsWith("jakarta.transaction.") || name.startsWith(SHARED)) {
        return LoadersTest.class.getClassLoader().loadClass(name);
      }
      throw new ClassNotFoundException(name);
    }
  }

  private static URLClassLoader loader(ClassLoader parent, Predicate<String> entries) {
    URL[] urls =
        Arrays.stream(System.getProperty("java.class.path").split(File.pathSeparator))
            .filter(entries)
            .map(LoadersTest::url)
            .toArray(URL[]::new);
    return new URLClassLoader(urls, parent);
  }

  private static URL url(String entry) {
    try {
      return Path.of(entry).toUri().toURL();
    } catch (MalformedURLException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static Class<?> run(ClassLoader loader) throws Exception {
    Object application =
        loader.loadClass(LoaderApplication.class.getName()).getDeclaredConstructor().newInstance();
    Thread thread = Thread.currentThread();
    ClassLoader before = thread.getContextClassLoader();
    thread.setContextClassLoader(loader);
    try {
      return (Class<?>) ((Callable<?>) application).call();
    } finally {
      thread.setContextClassLoader(before);
    }
  }

  @Test
  void twoRuntimesOfTwoLoadersShareTheSubclassOfAClassThatBothSee() throws Exception {
    try (URLClassLoader one = loader(new Parent(), entry -> true);
        URLClassLoader two = loader(new Parent(), entry -> true)) {
      Class<?> first = run(one);
      Class<?> second = run(two);

      assertThat(first).isSameAs(second).isNotSameAs(Shared.class);
      assertThat(first.getClassLoader()).isSameAs(Shared.class.getClassLoader());
    }
  }

  private static WeakReference<ClassLoader> used() throws Exception {
    try (URLClassLoader loader = loader(new Parent(), entry -> true)) {
      run(loader);
      return new WeakReference<>(loader);
    }
  }

  @Test
  void theLoaderOfHandfastIsFreedThoughTheSubclassStays() throws Exception {
    assertFreed(used());
  }

  private static void assertFreed(WeakReference<ClassLoader> loader) {
    await()
        .atMost(Duration.ofSeconds(30))
        .until(
            () -> {
              System.gc();
              return loader.refersTo(null);
            });
  }

  /** The shared types alone, in a loader of their own. */
  private static final class Own extends ClassLoader {

    private Own() {
      super(LoadersTest.class.getClassLoader());
    }

    @Override
    protected Class<?> loadClass(String name, boolean resolve) throws ClassNotFoundException {
      synchronized (getClassLoadingLock(name)) {
        Class<?> loaded = findLoadedClass(name);
        if (loaded != null) {
          return loaded;
        }
        return name.startsWith(SHARED + ".Shared") && getParent().getResource(file(name)) != null
            ? defined(name)
            : super.loadClass(name, resolve);
      }
    }

    private static String file(String name) {
      return name.replace('.', '/') + ".class";
    }

    private Class<?> defined(String name) throws ClassNotFoundException {
      try (var bytes = getParent().getResourceAsStream(file(name))) {
        byte[] all = bytes.readAllBytes();
        return defineClass(name, all, 0, all.length);
      } catch (IOException e) {
        throw new ClassNotFoundException(name, e);
      }
    }
  }

  private static WeakReference<ClassLoader> proxied(Handfast handfast) throws Exception {
    Own loader = new Own();
    Class<?> type = loader.loadClass(Shared.class.getName());
    assertThat(type).isNotSameAs(Shared.class);
    assertThat(anyProxy(handfast, type).getClass().getClassLoader()).isSameAs(loader);
    Class<?> other = loader.loadClass(SharedInterface.class.getName());
    assertThat(handfast.transactional(raw(other), type.getDeclaredConstructor().newInstance()))
        .isInstanceOf(other);
    return new WeakReference<>(loader);
  }

  private static Object anyProxy(Handfast handfast, Class<?> type) throws Exception {
    return handfast.transactional(raw(type), type.getDeclaredConstructor().newInstance());
  }

  @SuppressWarnings("unchecked")
  private static Class<Object> raw(Class<?> type) {
    return (Class<Object>) type;
  }

  @Test
  void generatedClassesAreFreedWithTheLoaderOfTheirTypeWhileHandfastRuns() throws Exception {
    try (var handfast = ProxyFixture.start(Map.of())) {
      assertFreed(proxied(handfast));
    }
  }

  @Test
  void withoutByteBuddyOnlyProxiesOfClassesAreRefused() throws Exception {
    try (URLClassLoader loader =
        loader(new JdkAndAnnotations(), entry -> !entry.contains("byte-buddy"))) {
      assertThatIllegalStateException()
          .isThrownBy(() -> run(loader))
          .withMessageStartingWith(
              "Handfast.transactional: the proxy of a class needs net.bytebuddy:byte-buddy, which"
                  + " is not there. To solve this, add that artifact");
    }
  }

  /** Lets the shared class be loaded anew, so that no generated subclass of it is there yet. */
  private static final class JdkAndAnnotations extends ClassLoader {

    private JdkAndAnnotations() {
      super(ClassLoader.getPlatformClassLoader());
    }

    @Override
    protected Class<?> findClass(String name) throws ClassNotFoundException {
      if (name.startsWith("jakarta.transaction.")) {
        return LoadersTest.class.getClassLoader().loadClass(name);
      }
      throw new ClassNotFoundException(name);
    }
  }
}
