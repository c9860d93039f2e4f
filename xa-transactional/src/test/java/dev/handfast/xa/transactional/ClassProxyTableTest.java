package dev.handfast.xa.transactional;

import dev.handfast.xa.Handfast;
import dev.handfast.xa.testkit.transactional.AnnotatedCases;
import dev.handfast.xa.testkit.transactional.CaseMethods;
import dev.handfast.xa.testkit.transactional.TransactionalContract;

/** By the proxy of a class. */
final class ClassProxyTableTest extends TransactionalContract {

  @Override
  protected CaseMethods methods(Handfast handfast) {
    return handfast.transactional(AnnotatedCases.class, new AnnotatedCases());
  }

  @Override
  protected Class<?> declaring() {
    return AnnotatedCases.class;
  }
}
