package dev.handfast.xa.transactional;

import dev.handfast.xa.Handfast;
import dev.handfast.xa.transactional.elsewhere.Shared;
import dev.handfast.xa.transactional.elsewhere.SharedInterface;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.function.Supplier;

/** An application that is loaded with a Handfast of its own; returns the class of its proxy. */
public final class LoaderApplication implements Callable<Class<?>> {

  @Override
  public Class<?> call() {
    try (Handfast handfast =
        Handfast.start(
            Map.of("handfast.node-name", "loader-1", "handfast.log-store.type", "memory"))) {
      Supplier<Object> key = () -> handfast.synchronizationRegistry().getTransactionKey();
      require(handfast.transactional(SharedInterface.class, new Shared()).run(key));
      Shared proxy = handfast.transactional(Shared.class, new Shared());
      require(proxy.run(key));
      return proxy.getClass();
    }
  }

  private static void require(Object key) {
    if (key == null) {
      throw new AssertionError("no transaction");
    }
  }
}
