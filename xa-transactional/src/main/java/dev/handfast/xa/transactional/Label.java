package dev.handfast.xa.transactional;

import java.lang.annotation.Documented;
import java.lang.annotation.ElementType;
import java.lang.annotation.Inherited;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/**
 * The name under which an operator finds the transaction that begins for a method, or for each
 * method of a class that is {@link jakarta.transaction.Transactional}; a method's own takes the
 * place of its class's. Where a method joins a transaction, it has no effect.
 */
@Documented
@Inherited
@Retention(RetentionPolicy.RUNTIME)
@Target({ElementType.TYPE, ElementType.METHOD})
public @interface Label {

  /** Not blank, 64 bytes in UTF-8 at most, and without characters that cannot be seen. */
  String value();
}
