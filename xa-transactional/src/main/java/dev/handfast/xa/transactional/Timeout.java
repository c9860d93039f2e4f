package dev.handfast.xa.transactional;

import java.lang.annotation.Documented;
import java.lang.annotation.ElementType;
import java.lang.annotation.Inherited;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/**
 * The timeout of the transaction that begins for a method, or for each method of a class that is
 * {@link jakarta.transaction.Transactional}; a method's own takes the place of its class's. Where a
 * method joins a transaction, it has no effect. A timeout in the configuration takes its place:
 * {@code handfast.transactional."com.acme.Orders.book".timeout}.
 */
@Documented
@Inherited
@Retention(RetentionPolicy.RUNTIME)
@Target({ElementType.TYPE, ElementType.METHOD})
public @interface Timeout {

  /**
   * A duration as the configuration has it, {@code 500ms}, {@code 60s}, {@code 10m} or {@code
   * PT1M30S}, at least a millisecond.
   */
  String value();
}
