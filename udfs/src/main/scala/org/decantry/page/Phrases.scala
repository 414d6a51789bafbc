package org.decantry.page

/** Words and pairs of words that are common in page templates, in many languages, grouped by their purpose. */
private[page] object Phrases {

  private val groups: Array[(String, String)] = Array(
    "rights" -> ("copyright,©,rights reserved,all rights,alle rechte,rechte vorbehalten,impressum,tous droits,droits réservés," +
      "mentions légales,derechos reservados,aviso legal,wszelkie prawa,prawa zastrzeżone,diritti riservati,direitos reservados," +
      "права защищены,все права,版权,無断,転載,著作権,terms of,of use,of service,nutzungsbedingungen,agb,regulamin,disclaimer"),
    "cookies" -> ("cookie,cookies,privacy,datenschutz,datenschutzerklärung,confidentialité,privacidad,prywatności,gdpr,consent," +
      "ciasteczka,隐私,プライバシー,конфиденциальности,privacidade"),
    "subscribe" -> ("subscribe,newsletter,abonnieren,abonnez,suscríbete,subskrybuj,iscriviti,assine,подписаться,rss,订阅,購読," +
      "e mail,sign up,mailing list,notify me"),
    "share" -> ("share,facebook,twitter,tweet,whatsapp,pinterest,instagram,linkedin,teilen,partager,compartir,udostępnij," +
      "condividi,compartilhar,поделиться,分享,シェア,follow us,folgen,tumblr,reddit,telegram,youtube,xing,print,drucken,imprimer"),
    "related" -> ("related,read more,more from,see also,you may,may also,weiterlesen,mehr zum,lesen sie,auch interessieren," +
      "lire la,la suite,lire aussi,à lire,leer más,czytaj,więcej,leggi anche,leia mais,читать,также,相关,関連,続きを,阅读," +
      "continue reading,mehr lesen,most read,popular,meistgelesen,recommended,ähnliche,similar,previous,next,zurück,weiter"),
    "comments" -> ("comment,comments,reply,replies,kommentar,kommentare,antworten,commentaire,commentaires,répondre,comentario," +
      "comentarios,responder,komentarze,komentarz,odpowiedz,commenti,rispondi,комментарии,ответить,评论,回复,コメント,leave a"),
    "account" -> ("login,log in,sign in,register,logout,anmelden,registrieren,einloggen,connexion,inscription,iniciar sesión," +
      "registrarse,zaloguj,zarejestruj,accedi,registrati,войти,регистрация,登录,注册,ログイン,登録,password,passwort,my account"),
    "menu" -> ("menu,home,search,contact,about us,sitemap,kontakt,suche,startseite,über uns,accueil,recherche,inicio,buscar," +
      "szukaj,strona główna,cerca,меню,поиск,главная,контакты,首页,搜索,ホーム,検索,skip to,navigation,menü,back to,to top,faq"),
    "author" -> "by,von,par,por,autor,author,auteur,redaktion,posted by,written by,foto,photo,photos,image,bild,quelle,source,作者,著者,автор",
    "dates" -> ("january,february,march,april,may,june,july,august,september,october,november,december,januar,februar,märz,mai," +
      "juni,juli,oktober,dezember,janvier,février,mars,avril,juin,juillet,août,septembre,octobre,novembre,décembre,enero," +
      "febrero,abril,mayo,junio,julio,agosto,septiembre,octubre,noviembre,diciembre,jan,feb,mar,apr,jun,jul,aug,sep,sept,oct," +
      "nov,dec,stycznia,lutego,marca,kwietnia,maja,czerwca,lipca,sierpnia,września,października,listopada,grudnia,uhr,ago," +
      "updated,published,posted,veröffentlicht,aktualisiert,publié,年,月,日"),
    "shop" -> ("price,cart,buy,add to,basket,checkout,shipping,preis,warenkorb,kaufen,versand,mwst,prix,panier,acheter,precio," +
      "carrito,comprar,cena,koszyka,kup,цена,купить,корзину,价格,購入,カート,€,$,£,eur,usd,zł,sale,stock"),
    "tags" -> ("tags,tagged,category,categories,filed under,posted in,kategorie,kategorien,schlagwörter,mots clés,catégorie," +
      "etiquetas,categorías,kategorie,tagi,рубрика,теги,标签,分类,タグ,カテゴリ,topics,themen,archive,archives")
  )

  val names: Array[String] = groups.map(_._1)

  val single = new HashBits(1024)
  val pairs = new HashBits(512)

  for (((_, list), group) <- groups.zipWithIndex; phrase <- list.split(',')) {
    val hashes = Words.hashes(phrase)
    if (hashes.length == 1) single.add(hashes(0), 1 << group)
    else if (hashes.length == 2) pairs.add(Words.pair(hashes(0), hashes(1)), 1 << group)
  }
}
