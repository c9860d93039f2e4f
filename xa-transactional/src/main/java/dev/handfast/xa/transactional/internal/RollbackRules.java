package dev.handfast.xa.transactional.internal;

import dev.handfast.xa.spi.MessageLog;
import jakarta.transaction.Transactional;
import java.util.Arrays;
import java.util.List;

/** Which exceptions of a method roll its transaction back. */
final class RollbackRules {

  private static final MessageLog LOG = MessageLog.of("dev.handfast.xa.transactional");

  private final Class<?>[] rollbackOn;
  private final Class<?>[] dontRollbackOn;

  private RollbackRules(Class<?>[] rollbackOn, Class<?>[] dontRollbackOn) {
    this.rollbackOn = rollbackOn;
    this.dontRollbackOn = dontRollbackOn;
  }

  /** Those of a method; what it names twice is warned of. */
  static RollbackRules of(Transactional transactional, String method) {
    Class<?>[] rollbackOn = transactional.rollbackOn();
    Class<?>[] dontRollbackOn = transactional.dontRollbackOn();
    List<Class<?>> spared = Arrays.asList(dontRollbackOn);
    String both =
        String.join(
            ", ", Arrays.stream(rollbackOn).filter(spared::contains).map(Class::getName).toList());
    if (!both.isEmpty()) {
      LOG.warnf(
          "HANDFAST005001 %s names in rollbackOn and in dontRollbackOn: %s. It does not roll back. To"
              + " solve this, name it once.",
          method, both);
    }
    return new RollbackRules(rollbackOn, dontRollbackOn);
  }

  /** By default everything but checked exceptions does; dontRollbackOn takes precedence. */
  boolean rollBackOn(Throwable thrown) {
    if (isOneOf(dontRollbackOn, thrown)) {
      return false;
    }
    return isOneOf(rollbackOn, thrown)
        || thrown instanceof RuntimeException
        || !(thrown instanceof Exception);
  }

  private static boolean isOneOf(Class<?>[] types, Throwable thrown) {
    for (Class<?> type : types) {
      if (type.isInstance(thrown)) {
        return true;
      }
    }
    return false;
  }
}
